package org.mydropout.testkit;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CollectionUtil;

/**
 * One way to run a pipeline.
 *
 * @param shuffled whether the inputs arrive in another order
 * @param failing whether it fails once, after a checkpoint and before the end of the input
 */
record ReplayRun(RuntimeExecutionMode mode, int parallelism, boolean shuffled, boolean failing) {

    private static final Duration CHECKPOINT_INTERVAL = Duration.ofMillis(50);

    <T, R> ReplayOutput<R> execute(
            TypeInformation<T> type, List<T> inputs, ReplayCheck.Pipeline<T, R> pipeline)
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration());
        FailOnce<T> failOnce = new FailOnce<>(failing);
        DataStream<T> source =
                environment
                        .fromSource(
                                new DataGeneratorSource<>(
                                        new InputGenerator<>(
                                                type.createSerializer(
                                                        environment
                                                                .getConfig()
                                                                .getSerializerConfig()),
                                                inputs),
                                        inputs.size(),
                                        PauseForCheckpoint.strategy(inputs.size(), failing),
                                        type),
                                WatermarkStrategy.noWatermarks(),
                                "replay-inputs")
                        .uid("replay-inputs")
                        .setParallelism(1)
                        .map(failOnce)
                        .returns(type)
                        .name("replay-failure")
                        .uid("replay-failure")
                        .setParallelism(1);
        // Dealt out in turn: which inputs meet in a subtask depends on the parallelism.
        DataStream<R> outputs = pipeline.apply(source.rebalance());
        List<R> records = CollectionUtil.iteratorToList(outputs.executeAndCollect(toString()));
        failOnce.requireDone(this);
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
                        .set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        if (failing) {
            configuration
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL)
                    .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                    .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1)
                    .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        }
        return configuration;
    }

    /** As it stands in a sentence: "STREAMING at parallelism 2, shuffled, after a failure". */
    @Override
    public String toString() {
        return mode
                + " at parallelism "
                + parallelism
                + (shuffled ? ", shuffled" : ", in order")
                + (failing ? ", after a failure" : "");
    }
}
