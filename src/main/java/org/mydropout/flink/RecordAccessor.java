package org.mydropout.flink;

import java.io.Serializable;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.math.FloatType;

/**
 * How {@link DropoutMapFunction} reads a record of any type and puts the new vector into it.
 *
 * <pre>{@code
 * final class SensorAccessor implements RecordAccessor<Sensor> {
 *     public String stringId(Sensor s) { return s.serial(); }
 *     public long step(Sensor s) { return s.epoch(); }
 *     public float[] vector(Sensor s) { return s.features(); }
 *     public Sensor withVector(Sensor s, long step, float[] vector) {
 *         return new Sensor(s.serial(), step, vector, s.label());
 *     }
 * }
 * }</pre>
 *
 * <p>Implement {@link #id} or {@link #stringId}, as the job's {@link DropoutOptions#ID_TYPE}
 * requires. Key a keyed stream by that id.
 *
 * <p>No method may write to the record or to its vector: with object reuse on, another branch of
 * the job may be reading the same object.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public interface RecordAccessor<T> extends Serializable {

    /**
     * Returns the id of the record where {@code dropout.id-type} is {@link IdType#UINT32} or {@link
     * IdType#UINT64}.
     *
     * @return an id within the range of the type
     */
    default long id(T record) {
        throw new RefusedRecordException(
                "A RecordAccessor must implement id when dropout.id-type is uint32 or uint64, but "
                        + getClass().getName()
                        + " does not; with dropout.id-type string, stringId is called.");
    }

    /**
     * Returns the id of the record where {@code dropout.id-type} is {@link IdType#STRING}.
     *
     * @return a string that has a UTF-8 form; never null
     */
    default String stringId(T record) {
        throw new RefusedRecordException(
                "A RecordAccessor must implement stringId when dropout.id-type is string, but "
                        + getClass().getName()
                        + " does not; with dropout.id-type uint32 or uint64, id is called.");
    }

    /**
     * Returns the step of the record. Called only when steps come {@linkplain StepSource#RECORD
     * from the record}.
     *
     * @return a step within the range of {@link DropoutOptions#STEP_TYPE}
     */
    long step(T record);

    /**
     * Returns the vector of the record, of any length from 0. It is not written to.
     *
     * @return the elements in order; never null
     */
    float[] vector(T record);

    /**
     * Returns the type of the elements, where it is not float32. Then {@link #typedVector} and
     * {@link #withTypedVector} are called in place of {@link #vector} and {@link #withOutput}. Not
     * every layer takes every type: the function refuses others when it is opened.
     *
     * @return the same for all records
     */
    default Optional<FloatType> type() {
        return Optional.empty();
    }

    /**
     * Returns the vector of the record, where there is a {@link #type}. It is not written to.
     *
     * @return values of the type, as doubles, which represent them exactly; never null
     */
    default double[] typedVector(T record) {
        throw withoutType("typedVector");
    }

    /**
     * Returns a copy of the record with another step and vector, where there is a {@link #type}.
     *
     * @param record the input record; do not write to it
     * @param step the step that was used, from whatever source
     * @param vector values of the type, as {@link #withVector} has them
     * @return the output record; never null
     */
    default T withTypedVector(T record, long step, double[] vector) {
        throw withoutType("withTypedVector");
    }

    private RefusedRecordException withoutType(String method) {
        return new RefusedRecordException(
                "A RecordAccessor must implement %s when it has a type, but %s does not."
                        .formatted(method, getClass().getName()));
    }

    /**
     * Returns the shape of the vector, for layers that need one; null where it has one dimension.
     *
     * @return the dimensions, outermost first, whose product is the length of the vector
     */
    @Nullable
    default int[] shape(T record) {
        return null;
    }

    /**
     * Whether this record passes unchanged, as with Flax's {@code deterministic=True}: it draws no
     * mask, and neither the counter nor the guard sees it. Lets training and evaluation rows share
     * a stream.
     */
    default boolean deterministic(T record) {
        return false;
    }

    /**
     * Returns a copy of the record with another step and vector.
     *
     * @param record the input record; do not write to it
     * @param step the step that was used, from whatever source; store it where a replay can read it
     * @param vector a new array that the result may own; the array of {@link #vector} itself if
     *     dropout is not applied (deterministic, or rate 0)
     * @return the output record; never null
     */
    T withVector(T record, long step, float[] vector);

    /**
     * Returns a record that is like the given one, except for its step, its vector and what layers
     * have to say beside it. Implement it for layers that change the shape or that give {@link
     * LayerOutput#fields}.
     *
     * @param output values, shape and fields
     * @return the output record; never null
     */
    default T withOutput(T record, long step, LayerOutput output) {
        return withVector(record, step, output.values());
    }
}
