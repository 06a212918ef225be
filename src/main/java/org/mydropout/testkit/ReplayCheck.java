package org.mydropout.testkit;

import static org.apache.flink.api.common.RuntimeExecutionMode.BATCH;
import static org.apache.flink.api.common.RuntimeExecutionMode.STREAMING;
import static org.mydropout.testkit.ReplayRun.Variation.FAILURE;
import static org.mydropout.testkit.ReplayRun.Variation.OBJECT_REUSE;
import static org.mydropout.testkit.ReplayRun.Variation.REPEATED;
import static org.mydropout.testkit.ReplayRun.Variation.ROCKSDB;
import static org.mydropout.testkit.ReplayRun.Variation.SHUFFLED_ARRIVAL;

import java.util.List;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Checks that a pipeline is replayable: it must give the same records, byte for byte, however it is
 * run. Use it with any test framework:
 *
 * <pre>{@code
 * @Test
 * void augmentationIsReplayable() throws Exception {
 *     ReplayCheck.of(TypeInformation.of(Sensor.class), sensors)
 *             .check(input -> input.keyBy(Sensor::serial)
 *                     .map(new DropoutMapFunction<>(config, new SensorAccessor()))
 *                     .uid("dropout"));
 * }
 * }</pre>
 *
 * <p>The pipeline runs as a stream at parallelism 1. Each further run changes one thing, so that a
 * failed check shows which change made the difference:
 *
 * <ul>
 *   <li>nothing: the same run again;
 *   <li>the inputs arrive in another order;
 *   <li>{@code pipeline.object-reuse} is on;
 *   <li>state is in RocksDB instead of on the heap;
 *   <li>the job fails after a checkpoint and recovers from it;
 *   <li>parallelism 2, and 4;
 *   <li>{@code BATCH} mode;
 *   <li>several of these together, as a stream and as a batch.
 * </ul>
 *
 * <p>The {@link AssertionError} of a failed check names the two runs and shows the first record
 * that differs, in full:
 *
 * <pre>
 * The pipeline must give the same records however it is run, but two runs differ.
 * STREAMING, parallelism 1: 60 records; sorted, the first that differs is number 2, Sensor[serial=0, ...]
 * STREAMING, parallelism 1, shuffled arrival: 60 records; sorted, the first that differs is number 2, Sensor[...]
 * </pre>
 *
 * <p>Each run starts its own mini cluster, in Flink's local mode. The runs are faster if the test
 * class has Flink's {@code MiniClusterExtension} with 4 slots, because they share it. The class
 * path must contain {@code flink-clients} and {@code flink-statebackend-rocksdb}. Operators without
 * a uid and types that would go through Kryo are refused, because a later version may not find
 * their state or read their bytes.
 *
 * <p>A pipeline that counts steps by order of arrival, with {@link
 * org.mydropout.flink.StepSource#COUNTER}, is not replayable and fails the check.
 *
 * @param <T> the type of the inputs
 */
@PublicEvolving
public final class ReplayCheck<T> {

    /** All runs are compared with the first. All except the last two change one thing. */
    private static final List<ReplayRun> RUNS =
            List.of(
                    ReplayRun.of(STREAMING, 1),
                    ReplayRun.of(STREAMING, 1, REPEATED),
                    ReplayRun.of(STREAMING, 1, SHUFFLED_ARRIVAL),
                    ReplayRun.of(STREAMING, 1, OBJECT_REUSE),
                    ReplayRun.of(STREAMING, 1, ROCKSDB),
                    ReplayRun.of(STREAMING, 1, FAILURE),
                    ReplayRun.of(STREAMING, 2),
                    ReplayRun.of(STREAMING, 4),
                    ReplayRun.of(BATCH, 1),
                    ReplayRun.of(BATCH, 4, SHUFFLED_ARRIVAL, OBJECT_REUSE),
                    ReplayRun.of(STREAMING, 4, SHUFFLED_ARRIVAL, OBJECT_REUSE, ROCKSDB, FAILURE));

    private final TypeInformation<T> type;
    private final List<T> inputs;

    private ReplayCheck(TypeInformation<T> type, List<T> inputs) {
        this.type = type;
        this.inputs = List.copyOf(inputs);
    }

    /**
     * Creates a check with these inputs.
     *
     * @param inputs at least two; give them different ids and steps
     * @throws IllegalArgumentException if there are fewer, because a run could not fail half-way
     */
    public static <T> ReplayCheck<T> of(TypeInformation<T> type, List<T> inputs) {
        if (inputs.size() < 2) {
            throw new IllegalArgumentException(
                    "A replay check must have at least 2 inputs, but has " + inputs.size() + ".");
        }
        return new ReplayCheck<>(type, inputs);
    }

    /**
     * Runs the pipeline in every way and compares the outputs.
     *
     * @param pipeline adds the operators under test to a stream of the inputs, and returns the
     *     stream of their output; each operator needs a uid
     * @return the records of every run, sorted by their bytes
     * @throws AssertionError if two runs differ, or if a run gives no records
     * @throws Exception if a run fails other than by the induced failure
     */
    public <R> List<R> check(Pipeline<T, R> pipeline) throws Exception {
        ReplayOutput<R> expected = RUNS.get(0).execute(type, inputs, pipeline);
        expected.requireRecords();
        for (ReplayRun run : RUNS.subList(1, RUNS.size())) {
            expected.requireSame(run.execute(type, inputs, pipeline));
        }
        return expected.records();
    }

    /**
     * A pipeline under test.
     *
     * @param <T> the type of its inputs
     * @param <R> the type of its outputs
     */
    @FunctionalInterface
    public interface Pipeline<T, R> {
        /** Adds the pipeline's operators to a stream and returns their output. */
        DataStream<R> apply(DataStream<T> inputs);
    }
}
