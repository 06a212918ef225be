package org.mydropout.bench;

import org.mydropout.flink.RecordAccessor;

/** A feature vector as a POJO, for which Flink has a serializer: it writes float by float. */
public final class PojoVector {

    /** How the operator reads and writes one. */
    static final RecordAccessor<PojoVector> ACCESSOR = new Accessor();

    /** The id. */
    public long id;

    /** The step. */
    public long step;

    /** The elements. */
    public float[] values;

    /** Made by Flink, which then sets the fields. */
    public PojoVector() {}

    PojoVector(long id, long step, float[] values) {
        this.id = id;
        this.step = step;
        this.values = values;
    }

    private static final class Accessor implements RecordAccessor<PojoVector> {
        @Override
        public long id(PojoVector vector) {
            return vector.id;
        }

        @Override
        public long step(PojoVector vector) {
            return vector.step;
        }

        @Override
        public float[] vector(PojoVector vector) {
            return vector.values;
        }

        @Override
        public PojoVector withVector(PojoVector vector, long step, float[] values) {
            return new PojoVector(vector.id, step, values);
        }
    }
}
