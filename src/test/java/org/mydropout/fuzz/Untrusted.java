package org.mydropout.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import java.io.EOFException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Gives input that nobody vouches for to a decoder, and sees that it behaves. */
public final class Untrusted {

    private static final Duration HANGS = Duration.ofSeconds(20);

    /** Buffers and classes that are loaded on first use. */
    private static final long ALLOCATED_ANYWAY = 32L << 20;

    private static final long ALLOCATED_PER_BYTE = 64;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Untrusted() {}

    /**
     * Decodes, and fails if that does not end, takes memory out of proportion, or throws anything
     * but a refusal with a message.
     *
     * @param size of the input, in bytes
     * @param refusal what the decoder throws when it refuses an input
     * @return what was decoded, unless it was refused
     */
    public static <T> Optional<T> decode(
            long size, Class<? extends Exception> refusal, Callable<T> decoder) {
        return assertTimeoutPreemptively(HANGS, () -> decodeHere(size, refusal, decoder));
    }

    private static <T> Optional<T> decodeHere(
            long size, Class<? extends Exception> refusal, Callable<T> decoder) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            return Optional.of(decoder.call());
        } catch (Exception e) {
            if (!refusal.isInstance(e)) {
                throw e;
            }
            // Flink's own readers of numbers say nothing but that the input has ended.
            assertThat(e instanceof EOFException ? "ended" : e.getMessage()).isNotBlank();
            return Optional.empty();
        } finally {
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes allocated for %d bytes of input", size)
                    .isLessThan(ALLOCATED_ANYWAY + ALLOCATED_PER_BYTE * size);
        }
    }
}
