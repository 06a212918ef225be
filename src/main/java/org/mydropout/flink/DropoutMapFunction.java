package org.mydropout.flink;

import java.io.IOException;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.MyDropout;
import org.mydropout.kernel.layer.Shape;
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

    private transient KeyedTransform transform;
    private transient Shape shape;
    private transient KeyedTransform.Effect effect;
    private transient boolean stringIds;
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
        transform = config.transform();
        stringIds = config.idType() == IdType.STRING;
        if (!transform.isIdentity()) {
            LOG.info(
                    "Masks are drawn {} the JDK's Vector API.",
                    MyDropout.usesVectorApi() ? "with" : "without");
        }
        DropoutState state = new DropoutState(getRuntimeContext(), config);
        steps = openSteps(state);
        guard = openGuard(state);
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
            return applyUntimed(record);
        }
        long start = System.nanoTime();
        DropoutResult<T> result = applyUntimed(record);
        metrics.addTime(System.nanoTime() - start);
        return result;
    }

    private DropoutResult<T> applyUntimed(T record) throws IOException {
        float[] vector = accessor.vector(record);
        if (vector == null) {
            throw new RefusedRecordException(
                    "The vector of a record must not be null, but that of id "
                            + idText(record)
                            + " is.");
        }
        takeShape(accessor.shape(record), vector.length);
        boolean passesUnchanged = accessor.deterministic(record);
        DropoutResult<T> result =
                passesUnchanged
                        ? new DropoutResult<>(
                                deterministic(record, vector), vector.length, 0, 0, false)
                        : apply(record, steps.step(record), vector);
        metrics.add(result, vector.length);
        return result;
    }

    private DropoutResult<T> apply(T record, long step, float[] vector) throws IOException {
        LayerOutput output = transform(record, step, vector);
        boolean keyReused = guard != null && guard.isReuse(record, step);
        long masked = effect.masked() == 0 ? vector.length : effect.masked();
        return new DropoutResult<>(
                with(record, step, output),
                masked - output.dropped(),
                output.dropped(),
                effect.expectedDropped(),
                keyReused);
    }

    /** The record itself, unless a layer decides something in any case. */
    private T deterministic(T record, float[] vector) {
        LayerOutput output = transform.deterministic(vector, shape);
        return output.values() == vector && output.fields().isEmpty()
                ? record
                : with(record, accessor.step(record), output);
    }

    private T with(T record, long step, LayerOutput output) {
        T result = accessor.withOutput(record, step, output);
        if (result == null) {
            throw new RefusedRecordException(
                    "RecordAccessor.withVector must return a record, but "
                            + accessor.getClass().getName()
                            + " returned null.");
        }
        return result;
    }

    /** Records most often have the shape of the one before. */
    private void takeShape(@Nullable int[] dimensions, int length) {
        if (shape != null && shape.isOf(dimensions, length)) {
            return;
        }
        try {
            Shape taken = dimensions == null ? Shape.vector(length) : Shape.of(dimensions);
            effect = transform.effect(taken);
            shape = taken;
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    private LayerOutput transform(T record, long step, float[] vector) {
        String stringId = stringIds ? accessor.stringId(record) : null;
        long id = stringIds ? 0 : accessor.id(record);
        try {
            return stringIds
                    ? transform.apply(stringId, step, vector, shape)
                    : transform.apply(id, step, vector, shape);
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    private String idText(T record) {
        if (stringIds) {
            return accessor.stringId(record);
        }
        long id = accessor.id(record);
        return config.idType() == IdType.UINT64 ? Long.toUnsignedString(id) : Long.toString(id);
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
        return transform.isIdentity() || config.keyReuse() == KeyReuse.ALLOW
                ? null
                : new KeyReuseGuard<>(
                        state.of(LAST_STEP_STATE),
                        config.keyReuse() == KeyReuse.FAIL,
                        this::idText);
    }

    /** Gives the step of each record. */
    @FunctionalInterface
    private interface StepReader<T> {
        long step(T record) throws IOException;
    }
}
