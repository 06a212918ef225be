package org.mydropout.job;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.connector.CommitLog;
import org.mydropout.job.connector.CommitLog.Commit;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.snapshot.ApplicationJob;
import org.mydropout.job.snapshot.Snapshot;
import org.mydropout.job.snapshot.Snapshots;

/**
 * Finds the snapshot from which a job continues with {@code --resume}, or when Flink runs the
 * command line of application mode again.
 */
final class Resumption {

    private Resumption() {}

    /**
     * Returns the newest complete checkpoint or savepoint of the job that has written the output.
     *
     * @return empty if the sink's options are wrong, which the job's reader reports
     * @throws InvalidJobException if there is no such snapshot, or one is given
     */
    static Optional<Snapshot> of(Configuration job) throws InvalidJobException {
        if (job.contains(StateRecoveryOptions.SAVEPOINT_PATH)) {
            throw refusal(
                    "%s must not be set together with --resume, but is '%s'."
                            .formatted(
                                    StateRecoveryOptions.SAVEPOINT_PATH.key(),
                                    job.get(StateRecoveryOptions.SAVEPOINT_PATH)));
        }
        Optional<RecordSink> sink = JobConfigReader.sink(job);
        if (sink.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(newest(job, sink.get()));
        } catch (IOException e) {
            throw refusal("--resume must list the job's snapshots, but cannot: " + e.getMessage());
        }
    }

    /**
     * Returns the newest complete snapshot if this job, by its id, has written output before. In
     * application mode, Flink runs the command line again under the same id when it has lost a
     * JobManager. That may have been after its first snapshot was complete and before any output
     * was final. The sink makes its output final up to the snapshot when it continues.
     *
     * @return empty if the job has no id yet, has written nothing, or has no snapshot
     * @throws InvalidJobException if the snapshots cannot be listed
     */
    static Optional<Snapshot> ofSameJob(Configuration job) throws InvalidJobException {
        Optional<String> id = ApplicationJob.id();
        Optional<RecordSink> sink = id.flatMap(known -> JobConfigReader.sink(job));
        if (sink.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<CommitLog> log = sink.get().commitLog();
            Collection<Commit> commits = log.isPresent() ? log.get().commits() : List.of();
            if (commits.isEmpty() && sink.get().isUnfinished()) {
                return Snapshots.newest(job.toMap(), List.of(id.get()));
            }
            return CommitLog.jobs(commits).contains(id.get())
                    ? Snapshots.newest(job.toMap(), CommitLog.jobs(commits))
                            .filter(newest -> isUpTo(newest, commits))
                    : Optional.empty();
        } catch (IOException e) {
            throw refusal(
                    "The job must list its snapshots to continue, but cannot: " + e.getMessage());
        }
    }

    private static boolean isUpTo(Snapshot snapshot, Collection<Commit> commits) {
        return CommitLog.last(commits)
                .filter(last -> last.snapshot() <= snapshot.number())
                .isPresent();
    }

    private static Snapshot newest(Configuration job, RecordSink sink)
            throws IOException, InvalidJobException {
        Optional<CommitLog> log = sink.commitLog();
        Collection<Commit> commits = log.isPresent() ? log.get().commits() : List.of();
        Optional<Commit> last = CommitLog.last(commits);
        if (last.isEmpty()) {
            throw refusal(
                    "--resume must know which job wrote the output, but %s does not tell; -D%s=PATH names a snapshot."
                            .formatted(
                                    sink.description(), StateRecoveryOptions.SAVEPOINT_PATH.key()));
        }
        Optional<Snapshot> newest = Snapshots.newest(job.toMap(), CommitLog.jobs(commits));
        if (newest.isEmpty() || newest.get().number() < last.get().snapshot()) {
            throw refusal(
                    "--resume must find snapshot %d of job %s, up to which %s is written, or a later one, but neither %s nor %s holds it%s; -D%s=PATH names it."
                            .formatted(
                                    last.get().snapshot(),
                                    last.get().job(),
                                    sink.description(),
                                    CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                                    CheckpointingOptions.SAVEPOINT_DIRECTORY.key(),
                                    damaged(job, commits),
                                    StateRecoveryOptions.SAVEPOINT_PATH.key()));
        }
        return newest.get();
    }

    private static String damaged(Configuration job, Collection<Commit> commits)
            throws IOException {
        List<String> damaged = Snapshots.damaged(job.toMap(), CommitLog.jobs(commits));
        return damaged.isEmpty() ? "" : ", and " + String.join(", and ", damaged);
    }

    private static InvalidJobException refusal(String sentence) {
        return new InvalidJobException(List.of(sentence));
    }
}
