package org.mydropout.flink;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * A sink that accepts no record until the test lets it, and then all records before the next
 * checkpoint barrier. Only one per JVM at a time.
 */
record HeldSink() implements Sink<FeatureVector> {

    static final AtomicLong WRITTEN = new AtomicLong();

    private static final Object LOCK = new Object();
    private static boolean held;

    /** Stops accepting records. */
    static void hold() {
        synchronized (LOCK) {
            held = true;
        }
    }

    /** Accepts all records up to the next barrier. */
    static void letUntilBarrier() {
        synchronized (LOCK) {
            held = false;
            LOCK.notifyAll();
        }
    }

    @Override
    public SinkWriter<FeatureVector> createWriter(WriterInitContext context) {
        return new Writer();
    }

    private static final class Writer implements SinkWriter<FeatureVector> {
        @Override
        public void write(FeatureVector vector, Context context) throws InterruptedException {
            synchronized (LOCK) {
                while (held) {
                    LOCK.wait();
                }
            }
            WRITTEN.incrementAndGet();
        }

        /** Called by Flink when a barrier has arrived. */
        @Override
        public void flush(boolean endOfInput) {
            hold();
        }

        @Override
        public void close() {}
    }
}
