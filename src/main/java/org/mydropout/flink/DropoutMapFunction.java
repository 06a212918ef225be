package org.mydropout.flink;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.MyDropout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies Flax's dropout, or other layers, to the vector of each record, with the key of the
 * record's id and step.
 *
 * <pre>{@code
 * DropoutConfig config = DropoutConfig.builder().rate(0.1).seed(42).build();
 * sensors.keyBy(Sensor::serial)
 *         .map(new DropoutMapFunction<>(config, new SensorAccessor()))
 *         .uid("dropout");
 * }</pre>
 *
 * <p>With a step {@linkplain StepSource#RECORD from the record} or a {@linkplain
 * StepSource#CONSTANT constant} one, the output is a pure function of record and configuration. The
 * function then keeps no state, and the stream need not be keyed. {@link StepSource#COUNTER} and a
 * {@link KeyReuse} guard keep state per key: the stream must then be keyed by the id.
 *
 * <p>State, for savepoints and the state processor API: {@link #STEP_STATE} and {@link
 * #LAST_STEP_STATE}, both a {@code ValueState<Long>} without Kryo. {@link DropoutOptions#STEP_TTL}
 * applies to both. Metrics: {@link DropoutMetrics}.
 *
 * <p>The function never writes to a record or its vector, so object reuse is safe.
 *
 * @param <T> the type of the records, in and out
 */
@PublicEvolving
public final class DropoutMapFunction<T> extends RichMapFunction<T, T> {

    /** Name of the counter's state: the last step of the id. */
    public static final String STEP_STATE = "dropout-step";

    /** Name of the guard's state: the greatest step of the id so far. */
    public static final String LAST_STEP_STATE = "dropout-last-step";

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(DropoutMapFunction.class);

    private final DropoutConfig config;
    private final RecordAccessor<T> accessor;

    private transient RecordLayers<T, ?, ?> layers;
    private transient StepReader<T> steps;
    private transient KeyReuseGuard<T> guard;
    private transient DropoutMetrics metrics;

    /**
     * Creates the function.
     *
     * @param config the dropout to apply
     * @param accessor how to read records and put new vectors into them
     */
    public DropoutMapFunction(DropoutConfig config, RecordAccessor<T> accessor) {
        this.config = Objects.requireNonNull(config, "The configuration must not be null.");
        this.accessor = Objects.requireNonNull(accessor, "The accessor must not be null.");
    }

    @Override
    public void open(OpenContext openContext) {
        KeyedTransform transform = config.transform();
        if (!transform.isIdentity()) {
            LOG.info(
                    "Masks are drawn {} the JDK's Vector API.",
                    MyDropout.usesVectorApi() ? "with" : "without");
        }
        DropoutState state = new DropoutState(getRuntimeContext(), config);
        layers =
                accessor.type().isPresent()
                        ? new TypedLayers<>(config, accessor, transform)
                        : new Float32Layers<>(config, accessor, transform);
        steps = openSteps(state);
        guard = transform.isIdentity() ? null : openGuard(state);
        metrics = new DropoutMetrics(getRuntimeContext().getMetricGroup());
    }

    /**
     * Returns the record with its step and its vector after dropout.
     *
     * @throws RefusedRecordException as {@link #apply} does
     */
    @Override
    public T map(T record) throws IOException {
        return apply(record).record();
    }

    /**
     * Returns the record with its step and its vector after dropout, and the counts of its
     * elements.
     *
     * @throws RefusedRecordException if the accessor returns an invalid id, step or vector, or a
     *     null record; if the step counter is exhausted; or if a key may be reused and {@link
     *     KeyReuse#FAIL} is set
     */
    public DropoutResult<T> apply(T record) throws IOException {
        if (!metrics.timesNext()) {
            return layers.apply(record, steps, guard, metrics);
        }
        long start = System.nanoTime();
        DropoutResult<T> result = layers.apply(record, steps, guard, metrics);
        metrics.addTime(System.nanoTime() - start);
        return result;
    }

    /**
     * Returns the metrics of this instance since it was opened.
     *
     * @throws IllegalStateException if it has not been opened
     */
    public DropoutMetrics metrics() {
        if (metrics == null) {
            throw new IllegalStateException(
                    "The metrics of a DropoutMapFunction exist once it has been opened.");
        }
        return metrics;
    }

    private StepReader<T> openSteps(DropoutState state) {
        return switch (config.stepFrom()) {
            case RECORD -> accessor::step;
            case CONSTANT -> {
                long step = config.step().getAsLong();
                yield record -> step;
            }
            case COUNTER -> {
                StepCounter counter = new StepCounter(state.of(STEP_STATE), config.stepType());
                yield record -> counter.next();
            }
        };
    }

    private KeyReuseGuard<T> openGuard(DropoutState state) {
        return config.keyReuse() == KeyReuse.ALLOW
                ? null
                : new KeyReuseGuard<>(
                        state.of(LAST_STEP_STATE),
                        config.keyReuse() == KeyReuse.FAIL,
                        layers::idText);
    }
}
