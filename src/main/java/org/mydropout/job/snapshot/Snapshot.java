package org.mydropout.job.snapshot;

import java.io.DataInputStream;
import java.io.IOException;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

/**
 * A complete checkpoint or savepoint. A job counts both in one sequence, and goes on counting where
 * it is restored.
 *
 * @param path its directory, as {@code execution.state-recovery.path} takes it
 * @param checkpoint its number, from 1
 */
public record Snapshot(String path, long checkpoint) {

    /**
     * Looks at a directory, or a file of metadata, as Flink does at a restore.
     *
     * @throws IOException if it holds no complete snapshot
     */
    public static Snapshot at(String path) throws IOException {
        CompletedCheckpointStorageLocation location =
                AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
        try (DataInputStream metadata =
                new DataInputStream(location.getMetadataHandle().openInputStream())) {
            return new Snapshot(
                    path,
                    Checkpoints.loadCheckpointMetadata(
                                    metadata, Snapshot.class.getClassLoader(), path)
                            .getCheckpointId());
        }
    }
}
