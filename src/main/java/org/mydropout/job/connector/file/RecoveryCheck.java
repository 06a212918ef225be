package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.CommitLog.Commit;
import org.mydropout.job.snapshot.Snapshot;
import org.mydropout.job.snapshot.Snapshots;

/**
 * Refuses a snapshot that is older than what an output holds. A job that is stopped with a
 * savepoint makes its output final up to it (Flink: {@code
 * CheckpointCoordinator.cleanupAfterCompletedCheckpoint}), but where it fails while it stops, the
 * checkpoint before stays the newest of its checkpoints.
 */
final class RecoveryCheck {

    private RecoveryCheck() {}

    /** Keeps a sentence if the job is to go on from a snapshot before the last commit. */
    static void check(OptionReader options, FileRecordSink sink) {
        String given = options.readable(StateRecoveryOptions.SAVEPOINT_PATH).orElseThrow();
        try {
            Optional<Commit> last = new CommitMarks(sink.path()).last();
            if (last.isEmpty()) {
                return;
            }
            Commit commit = last.get();
            long checkpoint = Snapshot.at(given).checkpoint();
            if (checkpoint < commit.checkpoint()) {
                options.problem(
                        "%s must be a snapshot that %s holds nothing of afterwards, so number %d of job %s or a later one, but is %s, number %d; %s."
                                .formatted(
                                        StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                        sink.path(),
                                        commit.checkpoint(),
                                        commit.job(),
                                        given,
                                        checkpoint,
                                        help(options, commit)));
            }
        } catch (IOException e) {
            options.problem(
                    "%s must be a checkpoint or savepoint that is complete, but is %s: %s"
                            .formatted(
                                    StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                    given,
                                    e.getMessage()));
        }
    }

    private static String help(OptionReader options, Commit commit) throws IOException {
        return Snapshots.newest(options.toMap(), commit.job())
                .filter(newest -> newest.checkpoint() >= commit.checkpoint())
                .map(newest -> newest.path() + ", number " + newest.checkpoint() + ", is one")
                .orElse(
                        "there is none below %s and %s, so it is the savepoint that the job was stopped with elsewhere"
                                .formatted(
                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                                        CheckpointingOptions.SAVEPOINT_DIRECTORY.key()));
    }
}
