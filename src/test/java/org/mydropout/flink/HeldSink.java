package org.mydropout.flink;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * A sink that takes nothing until it is let, and then what comes before the next checkpoint's
 * barrier, which cannot overtake it. One at a time in a JVM.
 */
record HeldSink() implements Sink<FeatureVector> {

    static final AtomicLong WRITTEN = new AtomicLong();

    private static final Object LOCK = new Object();
    private static boolean held;

    /** Lets nothing through any more. */
    static void hold() {
        synchronized (LOCK) {
            held = true;
        }
    }

    /** Lets everything through until the next barrier comes. */
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

        /** Flink calls it when a barrier has come. */
        @Override
        public void flush(boolean endOfInput) {
            hold();
        }

        @Override
        public void close() {}
    }
}
