package org.mydropout.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Sees how much heap a call allocates. */
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    private record Measured<T>(T result, long bytes) {
        static <T> Measured<T> of(Callable<T> call) throws Exception {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            T result = call.call();
            return new Measured<>(result, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
    }

    /**
     * Calls, and fails if the calling thread allocates more than a limit.
     *
     * @param limit in bytes, of all that is allocated, whether or not it is freed at once
     * @param call may be made twice, for the first of its kind loads classes
     * @return what the call gives
     */
    public static <T> T within(long limit, Callable<T> call) throws Exception {
        Measured<T> measured = Measured.of(call);
        if (measured.bytes > limit) {
            measured = Measured.of(call);
        }
        assertThat(measured.bytes).as("bytes allocated").isLessThanOrEqualTo(limit);
        return measured.result;
    }
}
