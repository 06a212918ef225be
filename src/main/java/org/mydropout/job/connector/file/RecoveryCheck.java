package org.mydropout.job.connector.file;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.CommitLog;
import org.mydropout.job.connector.CommitLog.Commit;
import org.mydropout.job.snapshot.Snapshot;
import org.mydropout.job.snapshot.Snapshots;

/**
 * Refuses a snapshot that is older than the output, because the lines since then would be written
 * twice.
 *
 * <p>The newest checkpoint can be older than the output. Flink's {@code CheckpointCoordinator}
 * notifies the tasks of the savepoint with which a job is stopped, so the sink makes its output
 * final ({@code cleanupAfterCompletedCheckpoint}). But it does not add the savepoint to the job's
 * checkpoints ({@code completePendingCheckpoint}). If the job fails before all of its tasks have
 * finished, the checkpoint before the savepoint stays the newest one.
 */
final class RecoveryCheck {

    private RecoveryCheck() {}

    /** Adds a problem if the job is to continue from a snapshot before the sink's last commit. */
    static void check(OptionReader options, FileRecordSink sink) {
        String path = options.readable(StateRecoveryOptions.SAVEPOINT_PATH).orElseThrow();
        try {
            Collection<Commit> commits = new CommitMarks(sink.path()).commits();
            Optional<Commit> last = CommitLog.last(commits);
            if (last.isPresent()) {
                Snapshot given = Snapshot.at(path);
                if (given.number() < last.get().snapshot()) {
                    options.problem(tooOld(given, last.get(), sink, newer(options, commits)));
                }
            }
        } catch (IOException e) {
            options.mustBe(
                    StateRecoveryOptions.SAVEPOINT_PATH,
                    "a complete checkpoint or savepoint that can be read here",
                    "'%s', which cannot: %s".formatted(path, e.getMessage()));
        }
    }

    private static Optional<Snapshot> newer(OptionReader options, Collection<Commit> commits)
            throws IOException {
        return Snapshots.newest(options.toMap(), CommitLog.jobs(commits));
    }

    private static String tooOld(
            Snapshot given, Commit last, FileRecordSink sink, Optional<Snapshot> newest) {
        return "%s must be snapshot %d of job %s, up to which %s is written, or a later one, but is '%s', which is snapshot %d; %s."
                .formatted(
                        StateRecoveryOptions.SAVEPOINT_PATH.key(),
                        last.snapshot(),
                        last.job(),
                        sink.path(),
                        given.path(),
                        given.number(),
                        newest.filter(found -> found.number() >= last.snapshot())
                                .map(RecoveryCheck::take)
                                .orElse(
                                        "neither %s nor %s holds it, so look for the savepoint with which the job was stopped"
                                                .formatted(
                                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY
                                                                .key(),
                                                        CheckpointingOptions.SAVEPOINT_DIRECTORY
                                                                .key())));
    }

    private static String take(Snapshot newest) {
        return "'%s' is snapshot %d".formatted(newest.path(), newest.number());
    }
}
