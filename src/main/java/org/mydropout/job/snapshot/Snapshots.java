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
        List<Snapshot> snapshots = new ArrayList<>();
        for (String directory : directories(options, jobs)) {
            try {
                snapshots.add(Snapshot.at(directory));
            } catch (IOException e) {
                // The snapshot is not complete, Flink is deleting it, or it is damaged.
            }
        }
        return snapshots.stream().max(Comparator.comparingLong(Snapshot::number));
    }

    /**
     * Returns the checkpoints and savepoints that are complete but cannot be read, and why, as
     * parts of a sentence. The arguments are those of {@link #newest}.
     */
    public static List<String> damaged(Map<String, String> options, Collection<String> jobs)
            throws IOException {
        List<String> damaged = new ArrayList<>();
        for (String directory : directories(options, jobs)) {
            try {
                Snapshot.at(directory);
            } catch (FileNotFoundException e) {
                // The snapshot is not complete, or Flink is deleting it.
            } catch (IOException e) {
                damaged.add("'%s' cannot be read: %s".formatted(directory, e.getMessage()));
            }
        }
        return damaged;
    }

    /** The directories of snapshots, complete or not. */
    private static List<String> directories(Map<String, String> options, Collection<String> jobs)
            throws IOException {
        Configuration configuration = Configuration.fromMap(options);
        List<String> directories = new ArrayList<>();
        String checkpoints = configuration.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        String savepoints = configuration.get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        for (String job : jobs) {
            if (checkpoints != null) {
                directories.addAll(below(new Path(checkpoints, job), CHECKPOINT));
            }
            if (savepoints != null) {
                // Flink's AbstractFsCheckpointStorageAccess.initializeLocationForSavepoint.
                String prefix = "savepoint-" + job.substring(0, JOB_DIGITS) + "-";
                directories.addAll(below(new Path(savepoints), prefix));
            }
        }
        return directories;
    }

    /** Returns the subdirectories whose names begin with a prefix. */
    private static List<String> below(Path directory, String prefix) throws IOException {
        List<String> found = new ArrayList<>();
        for (FileStatus entry : entries(directory)) {
            if (entry.getPath().getName().startsWith(prefix)) {
                found.add(entry.getPath().toString());
            }
        }
        return found;
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
