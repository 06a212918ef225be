package org.mydropout.job.snapshot;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Finds the snapshots of a job where a configuration lets Flink put them. */
public final class Snapshots {

    /** Flink's {@code AbstractFsCheckpointStorageAccess.CHECKPOINT_DIR_PREFIX}. */
    private static final String CHECKPOINT = "chk-";

    /** Of a job's id, in the name of a savepoint's directory. */
    private static final int JOB_DIGITS = 6;

    private Snapshots() {}

    /**
     * The newest complete checkpoint or savepoint of a job, below {@code
     * execution.checkpointing.dir} and {@code execution.checkpointing.savepoint-dir}.
     *
     * @param options a configuration
     * @param job the job's id, in hexadecimal
     * @throws IOException if one of the directories cannot be listed
     */
    public static Optional<Snapshot> newest(Map<String, String> options, String job)
            throws IOException {
        Configuration configuration = Configuration.fromMap(options);
        List<Snapshot> snapshots = new ArrayList<>();
        String checkpoints = configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (checkpoints != null) {
            snapshots.addAll(below(new Path(checkpoints, job), CHECKPOINT));
        }
        String savepoints = configuration.get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        if (savepoints != null) {
            // Flink's AbstractFsCheckpointStorageAccess.initializeLocationForSavepoint.
            String prefix = "savepoint-" + job.substring(0, JOB_DIGITS) + "-";
            snapshots.addAll(below(new Path(savepoints), prefix));
        }
        return snapshots.stream().max(Comparator.comparingLong(Snapshot::checkpoint));
    }

    /** The complete ones among the directories whose names begin with a prefix. */
    private static List<Snapshot> below(Path directory, String prefix) throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (FileStatus entry : entries(directory)) {
            if (entry.getPath().getName().startsWith(prefix)) {
                try {
                    snapshots.add(Snapshot.at(entry.getPath().toString()));
                } catch (IOException e) {
                    // It was never completed, or is being deleted.
                }
            }
        }
        return snapshots;
    }

    private static FileStatus[] entries(Path directory) throws IOException {
        try {
            FileStatus[] entries = directory.getFileSystem().listStatus(directory);
            return entries == null ? new FileStatus[0] : entries;
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        }
    }
}
