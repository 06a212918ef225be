package org.mydropout.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Checks that a pipeline is replayable: that it puts out the same records at parallelism 1, 2 and
 * 4, as a stream and as a batch, whatever the order in which its inputs arrive, and after a failure
 * that throws it back to a checkpoint. Each run has a mini cluster of its own.
 *
 * <pre>{@code
 * @Test
 * void augmentationIsReplayable() throws Exception {
 *     ReplayCheck.of(Types.POJO(Sensor.class), sensors)
 *             .check(input -> input.keyBy(Sensor::serial)
 *                     .map(new DropoutMapFunction<>(config, new SensorAccessor()))
 *                     .uid("dropout"));
 * }
 * }</pre>
 *
 * <p>A pipeline that counts steps in the order of arrival, with {@link
 * org.mydropout.flink.StepSource#COUNTER}, does not pass, and is not replayable.
 *
 * @param <T> the type of the inputs
 */
@PublicEvolving
public final class ReplayCheck<T> {

    private static final int[] PARALLELISMS = {1, 2, 4};
    private static final long SHUFFLE_SEED = 42;

    private final TypeInformation<T> type;
    private final List<T> inputs;

    private ReplayCheck(TypeInformation<T> type, List<T> inputs) {
        this.type = type;
        this.inputs = List.copyOf(inputs);
    }

    /**
     * A check with these inputs.
     *
     * @param inputs at least two, of different ids and steps for a check that is worth something
     * @throws IllegalArgumentException if there are fewer: none can fail half-way then
     */
    public static <T> ReplayCheck<T> of(TypeInformation<T> type, List<T> inputs) {
        if (inputs.size() < 2) {
            throw new IllegalArgumentException(
                    "A replay check must have at least 2 inputs, but has " + inputs.size() + ".");
        }
        return new ReplayCheck<>(type, inputs);
    }

    /**
     * Runs the pipeline in all ways and compares.
     *
     * @param pipeline adds the operators under test to a stream of the inputs, and returns the
     *     stream of their output; each operator needs a uid
     * @throws AssertionError if two runs differ; it names the runs and shows the first record that
     *     only one of them put out
     * @throws Exception if a run fails
     */
    public <R> void check(Pipeline<T, R> pipeline) throws Exception {
        ReplayOutput<R> expected = null;
        for (ReplayRun run : runs()) {
            List<T> arriving = new ArrayList<>(inputs);
            if (run.shuffled()) {
                Collections.shuffle(arriving, new Random(SHUFFLE_SEED));
            }
            ReplayOutput<R> output = run.execute(type, arriving, pipeline);
            if (expected == null) {
                expected = output;
            } else {
                expected.requireSame(output);
            }
        }
    }

    /** The first of them is what the others are compared with. */
    private static List<ReplayRun> runs() {
        List<ReplayRun> runs = new ArrayList<>();
        for (int parallelism : PARALLELISMS) {
            runs.add(new ReplayRun(RuntimeExecutionMode.STREAMING, parallelism, false, false));
            runs.add(new ReplayRun(RuntimeExecutionMode.STREAMING, parallelism, true, true));
            runs.add(new ReplayRun(RuntimeExecutionMode.BATCH, parallelism, true, false));
        }
        return runs;
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
