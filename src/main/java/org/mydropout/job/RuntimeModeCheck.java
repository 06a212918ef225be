package org.mydropout.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.kafka.KafkaRecordSink;

/** Whether source and sinks can do their work in the mode that Flink is to run them in. */
final class RuntimeModeCheck {

    private RuntimeModeCheck() {}

    /**
     * Checks a job.
     *
     * @param environment with all of Flink's options, the cluster's as well
     * @throws InvalidJobException with a sentence for each thing that cannot work
     */
    static void check(StreamExecutionEnvironment environment, JobConfig config)
            throws InvalidJobException {
        RuntimeExecutionMode mode =
                environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE);
        boolean endless = !config.source().isBounded();
        boolean streaming =
                mode == RuntimeExecutionMode.STREAMING
                        || (mode == RuntimeExecutionMode.AUTOMATIC && endless);
        List<String> problems = new ArrayList<>();
        if (endless && !streaming) {
            problems.add(
                    ExecutionOptions.RUNTIME_MODE.key()
                            + " must be STREAMING where the source never ends, but is BATCH;"
                            + " source.scan.bounded.mode: latest-offset makes it end.");
        }
        boolean checkpointing = environment.getCheckpointConfig().isCheckpointingEnabled();
        if (streaming && !checkpointing && needsCheckpoints(config)) {
            problems.add(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
                            + " must be set, to 10 s for example, where "
                            + ExecutionOptions.RUNTIME_MODE.key()
                            + " is "
                            + mode
                            + ": output is final at a checkpoint.");
        }
        if (streaming
                && needsCheckpoints(config)
                && !environment
                        .getConfiguration()
                        .get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH)) {
            problems.add(
                    CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH.key()
                            + " must be true, but is false: the last output is final at a"
                            + " checkpoint after its source has ended.");
        }
        if (streaming && checkpointing) {
            Duration interval = Duration.ofMillis(environment.getCheckpointInterval());
            checkTransactions("sink", config.sink(), interval).ifPresent(problems::add);
            config.deadLetter()
                    .flatMap(sink -> checkTransactions("dead-letter", sink, interval))
                    .ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidJobException(problems);
        }
    }

    /** A transaction lasts from checkpoint to checkpoint; one that times out loses its messages. */
    private static Optional<String> checkTransactions(
            String owner, RecordSink sink, Duration interval) {
        if (!(sink instanceof KafkaRecordSink topic)) {
            return Optional.empty();
        }
        return topic.transactionTimeout()
                .filter(timeout -> timeout.compareTo(interval) <= 0)
                .map(
                        timeout ->
                                "%s must be shorter than %s.properties.%s, but is %d ms, and that %d ms."
                                        .formatted(
                                                CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                                                owner,
                                                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                                                interval.toMillis(),
                                                timeout.toMillis()));
    }

    private static boolean needsCheckpoints(JobConfig config) {
        return config.sink().needsCheckpoints()
                || config.deadLetter().map(RecordSink::needsCheckpoints).orElse(false);
    }
}
