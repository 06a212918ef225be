package org.mydropout.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.connector.CommitLog.Commit;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.snapshot.Snapshot;
import org.mydropout.job.snapshot.Snapshots;

/** Finds the snapshot that a job goes on from with {@code --resume}. */
final class Resumption {

    private static final String OPTION = "--resume";

    private Resumption() {}

    /**
     * The newest complete checkpoint or savepoint of the job that has written the output.
     *
     * @return empty if the sink's options are wrong, of which the job's reader tells
     * @throws InvalidJobException if there is no such snapshot, or one is given
     */
    static Optional<Snapshot> of(Configuration job) throws InvalidJobException {
        if (job.contains(StateRecoveryOptions.SAVEPOINT_PATH)) {
            throw refusal(
                    "%s must not be set together with %s, but is %s."
                            .formatted(
                                    OPTION,
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
            throw refusal(
                    "%s must find the snapshots of the job, but cannot look for them: %s"
                            .formatted(OPTION, e.getMessage()));
        }
    }

    private static Snapshot newest(Configuration job, RecordSink sink)
            throws IOException, InvalidJobException {
        Optional<Commit> last =
                sink.commitLog().isPresent() ? sink.commitLog().get().last() : Optional.empty();
        if (last.isEmpty()) {
            throw refusal(
                    "%s must have an output that a stream has written into files, but %s does not say which job wrote it; -D%s=PATH names a snapshot."
                            .formatted(
                                    OPTION,
                                    sink.description(),
                                    StateRecoveryOptions.SAVEPOINT_PATH.key()));
        }
        Commit commit = last.get();
        return Snapshots.newest(job.toMap(), commit.job())
                .filter(newest -> newest.checkpoint() >= commit.checkpoint())
                .orElseThrow(
                        () ->
                                refusal(
                                        "%s must find number %d of job %s, up to which %s is written, or a later snapshot, but there is none below %s and %s."
                                                .formatted(
                                                        OPTION,
                                                        commit.checkpoint(),
                                                        commit.job(),
                                                        sink.description(),
                                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY
                                                                .key(),
                                                        CheckpointingOptions.SAVEPOINT_DIRECTORY
                                                                .key())));
    }

    private static InvalidJobException refusal(String sentence) {
        return new InvalidJobException(List.of(sentence));
    }
}
