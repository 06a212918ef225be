package org.mydropout.job.snapshot;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

/**
 * A complete checkpoint or savepoint. Flink numbers the checkpoints and savepoints of a job in one
 * sequence. A job that is restored from a snapshot continues with the next number.
 *
 * @param path its directory, as {@code execution.state-recovery.path} takes it
 * @param number its number, from 1
 */
public record Snapshot(String path, long number) {

    /**
     * Reads the snapshot in a directory, or that of a metadata file, as Flink does to restore it.
     *
     * @throws IOException if there is no complete snapshot
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
        } catch (EOFException e) {
            throw new IOException("its file _metadata is cut short", e);
        }
    }
}
