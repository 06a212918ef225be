package org.mydropout.flink;

import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/**
 * A ready-made record: a feature vector with its id and step.
 *
 * <p>It has its own {@linkplain FeatureVectorTypeInfo type information}, so Flink moves it without
 * Kryo and moves its elements in bulk. For a stream that is keyed by the id:
 *
 * <pre>{@code
 * vectors.keyBy(FeatureVector::id)
 *         .map(new DropoutMapFunction<>(config, FeatureVector.ACCESSOR))
 *         .uid("dropout");
 * }</pre>
 *
 * <p>Neither the constructor nor {@link #values()} copies the array, so a write to it changes the
 * record. This project never writes to it.
 *
 * @param id the id, for {@link IdType#UINT32} or {@link IdType#UINT64} (two's complement)
 * @param step the step, for {@link StepType#UINT32} or {@link StepType#UINT64} (two's complement)
 * @param values the elements in order, of any length from 0; not null
 */
@PublicEvolving
@TypeInfo(FeatureVectorTypeInfoFactory.class)
@SuppressWarnings("ArrayRecordComponent") // Equality is defined below; a List<Float> would box.
public record FeatureVector(long id, long step, float[] values) {

    /** How {@link DropoutMapFunction} reads and rewrites feature vectors. */
    public static final RecordAccessor<FeatureVector> ACCESSOR = Accessor.INSTANCE;

    /** Checks that the array is not null. */
    public FeatureVector {
        Objects.requireNonNull(values, "The values of a FeatureVector must not be null.");
    }

    /**
     * Returns whether the other object is a FeatureVector of the same id, step and elements, bit
     * for bit: 0.0 and -0.0 differ, and a NaN equals only a NaN with the same bits.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureVector that
                && id == that.id
                && step == that.step
                && sameBits(values, that.values);
    }

    /** Returns a hash of id, step and the bits of the elements, the same in every JVM. */
    @Override
    public int hashCode() {
        int hash = 31 * Long.hashCode(id) + Long.hashCode(step);
        for (float value : values) {
            hash = 31 * hash + Float.floatToRawIntBits(value);
        }
        return hash;
    }

    /** Returns id, step and all elements, for example {@code FeatureVector[id=7, step=0, ...]}. */
    @Override
    public String toString() {
        return "FeatureVector[id="
                + id
                + ", step="
                + step
                + ", values="
                + Arrays.toString(values)
                + "]";
    }

    private static boolean sameBits(float[] left, float[] right) {
        if (left.length != right.length) {
            return false;
        }
        for (int i = 0; i < left.length; i++) {
            if (Float.floatToRawIntBits(left[i]) != Float.floatToRawIntBits(right[i])) {
                return false;
            }
        }
        return true;
    }

    private enum Accessor implements RecordAccessor<FeatureVector> {
        INSTANCE;

        @Override
        public long id(FeatureVector record) {
            return record.id;
        }

        @Override
        public long step(FeatureVector record) {
            return record.step;
        }

        @Override
        public float[] vector(FeatureVector record) {
            return record.values;
        }

        @Override
        public FeatureVector withVector(FeatureVector record, long step, float[] vector) {
            return new FeatureVector(record.id, step, vector);
        }
    }
}
