package org.mydropout.flink;

import java.math.BigInteger;

/**
 * A user's record type: a POJO for Flink, with a string id and a field that dropout does not know.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Sample(String id, long step, float[] values, String label) {

    static final RecordAccessor<Sample> ACCESSOR = new Accessor();

    private static final class Accessor implements RecordAccessor<Sample> {

        @Override
        public long id(Sample sample) {
            return new BigInteger(sample.id).longValue();
        }

        @Override
        public String stringId(Sample sample) {
            return sample.id;
        }

        @Override
        public long step(Sample sample) {
            return sample.step;
        }

        @Override
        public float[] vector(Sample sample) {
            return sample.values;
        }

        @Override
        public Sample withVector(Sample sample, long step, float[] vector) {
            return new Sample(sample.id, step, vector, sample.label);
        }
    }
}
