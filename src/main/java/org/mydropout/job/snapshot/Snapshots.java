package org.mydropout.job.snapshot;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Finds the snapshots of jobs in the directories of a configuration. */
public final class Snapshots {

    /** Flink's {@code AbstractFsCheckpointStorageAccess.CHECKPOINT_DIR_PREFIX}. */
    private static final String CHECKPOINT = "chk-";

    /** The number of digits of a job's id in the name of a savepoint's directory. */
    private static final int JOB_DIGITS = 6;

    private Snapshots() {}

    /**
     * Returns the newest complete checkpoint or savepoint of some jobs, in {@code
     * execution.checkpointing.dir} and {@code execution.checkpointing.savepoint-dir}.
     *
     * @param options a configuration
     * @param jobs the ids of the jobs, in hexadecimal
     * @throws IOException if one of the directories cannot be listed
     */
    public static Optional<Snapshot> newest(Map<String, String> options, Collection<String> jobs)
            throws IOException {
        Configuration configuration = Configuration.fromMap(options);
        List<Snapshot> snapshots = new ArrayList<>();
        String checkpoints = configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        String savepoints = configuration.get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        for (String job : jobs) {
            if (checkpoints != null) {
                snapshots.addAll(below(new Path(checkpoints, job), CHECKPOINT));
            }
            if (savepoints != null) {
                // Flink's AbstractFsCheckpointStorageAccess.initializeLocationForSavepoint.
                String prefix = "savepoint-" + job.substring(0, JOB_DIGITS) + "-";
                snapshots.addAll(below(new Path(savepoints), prefix));
            }
        }
        return snapshots.stream().max(Comparator.comparingLong(Snapshot::number));
    }

    /** Returns the complete snapshots in subdirectories whose names begin with a prefix. */
    private static List<Snapshot> below(Path directory, String prefix) throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (FileStatus entry : entries(directory)) {
            if (entry.getPath().getName().startsWith(prefix)) {
                try {
                    snapshots.add(Snapshot.at(entry.getPath().toString()));
                } catch (IOException e) {
                    // The snapshot is not complete, or Flink is deleting it.
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
