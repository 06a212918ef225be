package org.mydropout.bench;

import org.mydropout.flink.RecordAccessor;

/** A feature vector as a POJO, which Flink's POJO serializer writes float by float. */
public final class PojoVector {

    /** How the operator reads and rewrites a record. */
    static final RecordAccessor<PojoVector> ACCESSOR = new Accessor();

    /** The id. */
    public long id;

    /** The step. */
    public long step;

    /** The elements. */
    public float[] values;

    /** Called by Flink, which then sets the fields. */
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
