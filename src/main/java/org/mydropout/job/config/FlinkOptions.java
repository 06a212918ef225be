package org.mydropout.job.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RunMode;

/** Checks Flink's own options, as ours are checked. */
public final class FlinkOptions {

    /** Reasons that name classes, or say no more than that a value cannot be read. */
    private static final Pattern FOR_PROGRAMMERS =
            Pattern.compile(
                    "Could not parse|null|\\w(Exception|Error)\\b|\\.[a-z]\\w*\\.\\w*[A-Z]");

    /** Flink derives this value up to a parallelism of 85. conf/config.yaml has it, too. */
    static final int MAX_PARALLELISM = 128;

    private final OptionReader options;

    FlinkOptions(OptionReader options) {
        this.options = options;
    }

    /**
     * The defaults that a configuration may override. The number of key groups must never depend on
     * the parallelism, because a savepoint can only be restored with the same number. Objects are
     * reused: no operator of a job file's job writes to its input, so Flink need not copy records
     * between chained operators.
     */
    public static Configuration defaults() {
        return new Configuration()
                .set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM)
                .set(PipelineOptions.OBJECT_REUSE, true);
    }

    /**
     * Flink's environment for a job. Flink logs and shows its configuration, so it has no options
     * of clients.
     *
     * @throws InvalidJobException if Flink refuses the configuration
     */
    public static StreamExecutionEnvironment environment(Configuration configuration)
            throws InvalidJobException {
        try {
            return StreamExecutionEnvironment.getExecutionEnvironment(
                    Connectors.withoutClientOptions(configuration));
        } catch (IllegalArgumentException e) {
            throw new InvalidJobException(List.of(refusal(e)));
        }
    }

    private static String refusal(IllegalArgumentException e) {
        return "Flink refuses one of its own options: " + e.getMessage();
    }

    /** Checks that Flink accepts all options, and that the parallelism is possible. */
    void check() {
        new RecoveryOptions(options).check();
        Optional<StreamExecutionEnvironment> environment = environment();
        if (environment.isEmpty()) {
            return;
        }
        int parallelism = environment.get().getParallelism();
        int maxParallelism = environment.get().getMaxParallelism();
        if (maxParallelism > 0 && parallelism > maxParallelism) {
            options.problem(
                    "%s must be at most %s, which is %d, but is %d; no savepoint can be restored under another %2$s."
                            .formatted(
                                    CoreOptions.DEFAULT_PARALLELISM.key(),
                                    PipelineOptions.MAX_PARALLELISM.key(),
                                    maxParallelism,
                                    parallelism));
        }
    }

    /** Flink's environment with all options except those that Flink refuses by themselves. */
    private Optional<StreamExecutionEnvironment> environment() {
        Map<String, String> accepted = new TreeMap<>(options.toMap());
        accepted.keySet().removeIf(Connectors::isClientOption);
        try {
            return Optional.of(environmentOf(accepted));
        } catch (IllegalArgumentException e) {
            accepted.entrySet().removeIf(this::isRefused);
        }
        try {
            return Optional.of(environmentOf(accepted));
        } catch (IllegalArgumentException e) { // of options that conflict
            options.problem(refusal(e));
            return Optional.empty();
        }
    }

    /**
     * Checks one option alone, because Flink reports only one problem and does not always name the
     * option.
     */
    private boolean isRefused(Map.Entry<String, String> option) {
        try {
            environmentOf(Map.of(option.getKey(), option.getValue()));
            return false;
        } catch (IllegalArgumentException e) {
            options.problem(
                    "%s must be a value that Flink accepts, but is '%s'%s"
                            .formatted(option.getKey(), option.getValue(), reason(e)));
            return true;
        }
    }

    /** Flink's reason if it is a rule for a user, at the end of a sentence. */
    private static String reason(IllegalArgumentException e) {
        String reason = String.valueOf(e.getMessage());
        return FOR_PROGRAMMERS.matcher(reason).find() ? "." : ": " + reason;
    }

    private static StreamExecutionEnvironment environmentOf(Map<String, String> options) {
        return StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(options));
    }

    /**
     * Reads how a job with these places runs, and checks its checkpoints if the output needs them.
     */
    RunMode runMode(Places places) {
        Optional<RuntimeExecutionMode> mode = options.oneOf(ExecutionOptions.RUNTIME_MODE);
        boolean endless = places.source().filter(source -> !source.isBounded()).isPresent();
        boolean streaming =
                mode.equals(Optional.of(RuntimeExecutionMode.STREAMING))
                        || (!mode.equals(Optional.of(RuntimeExecutionMode.BATCH)) && endless);
        Optional<Duration> interval =
                options.readable(CheckpointingOptions.CHECKPOINTING_INTERVAL)
                        .filter(duration -> !duration.isZero());
        boolean needsCheckpoints =
                places.sink().filter(RecordSink::needsCheckpoints).isPresent()
                        || places.deadLetter().filter(RecordSink::needsCheckpoints).isPresent();
        if (streaming && needsCheckpoints) {
            checkCheckpoints(mode.map(RuntimeExecutionMode::toString).orElse("not set"));
        }
        return new RunMode(streaming, interval);
    }

    private void checkCheckpoints(String mode) {
        if (!options.isSet(CheckpointingOptions.CHECKPOINTING_INTERVAL)) {
            options.problem(
                    "%s must be set, to 10 s for example, where %s is %s: output is final at a checkpoint."
                            .formatted(
                                    CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                                    ExecutionOptions.RUNTIME_MODE.key(),
                                    mode));
        }
        if (!options.flag(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH)
                .orElse(true)) {
            options.mustBe(
                    CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH,
                    "true, since the last output is final at a checkpoint after its source has ended",
                    false);
        }
    }
}
