package org.mydropout.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Limits the heap that a call may allocate. */
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
     * Makes a call, and fails if the calling thread allocates more than a limit.
     *
     * @param limit the limit in bytes, for everything that is allocated, even if it is freed at
     *     once
     * @param call the call; it may be made twice, because the first call of its kind loads classes
     * @return the result of the call
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
