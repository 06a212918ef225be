package org.mydropout.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.BatchExecutionOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CollectionUtil;
import org.mydropout.flink.FlinkRelease;

/**
 * One way to run a pipeline.
 *
 * @param variations the differences from a plain run, which has its inputs in order, no object
 *     reuse, state on the heap, and no failure
 */
record ReplayRun(RuntimeExecutionMode mode, int parallelism, Set<Variation> variations) {

    private static final long SHUFFLE_SEED = 42;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(50);

    /** In their order in the name of a run. */
    enum Variation {
        REPEATED("run again"),
        SHUFFLED_ARRIVAL("shuffled arrival"),
        OBJECT_REUSE("object reuse"),
        ROCKSDB("RocksDB"),
        FAILURE("one failure");

        private final String text;

        Variation(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static ReplayRun of(RuntimeExecutionMode mode, int parallelism, Variation... variations) {
        return new ReplayRun(mode, parallelism, new TreeSet<>(Arrays.asList(variations)));
    }

    <T, R> ReplayOutput<R> execute(
            TypeInformation<T> type, List<T> inputs, ReplayCheck.Pipeline<T, R> pipeline)
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        InducedFailure failure = new InducedFailure(inputs.size(), has(Variation.FAILURE));
        InputGenerator<T> generator =
                new InputGenerator<>(
                        type.createSerializer(environment.getConfig().getSerializerConfig()),
                        inOrderOfArrival(inputs),
                        failure);
        DataStream<T> source =
                environment
                        .fromSource(
                                new DataGeneratorSource<>(
                                        generator, inputs.size(), failure.pause(), type),
                                WatermarkStrategy.noWatermarks(),
                                "replay-inputs")
                        .uid("replay-inputs")
                        .setParallelism(1);
        // Rebalanced, so that the inputs of a subtask depend on the parallelism.
        DataStream<R> outputs = pipeline.apply(source.rebalance());
        List<R> records = CollectionUtil.iteratorToList(outputs.executeAndCollect(toString()));
        if (failure.isDue()) {
            throw new IllegalStateException(
                    "The run must have failed once, but has not: " + this + ".");
        }
        return ReplayOutput.of(
                this,
                records,
                outputs.getType().createSerializer(environment.getConfig().getSerializerConfig()));
    }

    private Configuration configuration() {
        Configuration configuration =
                new Configuration()
                        .set(ExecutionOptions.RUNTIME_MODE, mode)
                        .set(CoreOptions.DEFAULT_PARALLELISM, parallelism)
                        // Otherwise a batch of few inputs has parallelism 1, whatever the default.
                        .set(BatchExecutionOptions.ADAPTIVE_AUTO_PARALLELISM_ENABLED, false)
                        // Before Flink 2.0 the sink of executeAndCollect has no uid.
                        .set(PipelineOptions.AUTO_GENERATE_UIDS, !FlinkRelease.isAtLeast("2.0"))
                        .set(PipelineOptions.GENERIC_TYPES, false)
                        .set(PipelineOptions.OBJECT_REUSE, has(Variation.OBJECT_REUSE))
                        .set(
                                StateBackendOptions.STATE_BACKEND,
                                has(Variation.ROCKSDB) ? "rocksdb" : "hashmap");
        if (has(Variation.FAILURE)) {
            configuration
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL)
                    .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                    .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1)
                    .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        }
        return configuration;
    }

    private <T> List<T> inOrderOfArrival(List<T> inputs) {
        List<T> arriving = new ArrayList<>(inputs);
        if (has(Variation.SHUFFLED_ARRIVAL)) {
            Collections.shuffle(arriving, new Random(SHUFFLE_SEED));
        }
        return arriving;
    }

    private boolean has(Variation variation) {
        return variations.contains(variation);
    }

    /** The name of the run, for example "BATCH, parallelism 4, shuffled arrival". */
    @Override
    public String toString() {
        StringBuilder name = new StringBuilder(mode + ", parallelism " + parallelism);
        variations.forEach(variation -> name.append(", ").append(variation));
        return name.toString();
    }
}
