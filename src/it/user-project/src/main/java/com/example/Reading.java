package com.example;

import org.mydropout.flink.RecordAccessor;

/** A measurement of a sensor. */
public record Reading(long sensor, long epoch, float[] features, String place) {

    /** How dropout reads and rewrites a reading. */
    public static final class Accessor implements RecordAccessor<Reading> {
        private static final long serialVersionUID = 1L;

        @Override
        public long id(Reading reading) {
            return reading.sensor();
        }

        @Override
        public long step(Reading reading) {
            return reading.epoch();
        }

        @Override
        public float[] vector(Reading reading) {
            return reading.features();
        }

        @Override
        public Reading withVector(Reading reading, long step, float[] vector) {
            return new Reading(reading.sensor(), step, vector, reading.place());
        }
    }
}
