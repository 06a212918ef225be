package org.mydropout.bench;

import org.mydropout.flink.RecordAccessor;

/** A feature vector in a type that Flink does not know and hands to Kryo. */
final class KryoVector {

    /** How the operator reads and rewrites a record. */
    static final RecordAccessor<KryoVector> ACCESSOR = new Accessor();

    private final long id;
    private final long step;
    private final float[] values;

    KryoVector(long id, long step, float[] values) {
        this.id = id;
        this.step = step;
        this.values = values;
    }

    long id() {
        return id;
    }

    private static final class Accessor implements RecordAccessor<KryoVector> {
        @Override
        public long id(KryoVector vector) {
            return vector.id;
        }

        @Override
        public long step(KryoVector vector) {
            return vector.step;
        }

        @Override
        public float[] vector(KryoVector vector) {
            return vector.values;
        }

        @Override
        public KryoVector withVector(KryoVector vector, long step, float[] values) {
            return new KryoVector(vector.id, step, values);
        }
    }
}
