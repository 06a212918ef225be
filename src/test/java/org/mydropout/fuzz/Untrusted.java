package org.mydropout.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.EOFException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Gives input that nobody vouches for to a decoder, and sees that it behaves.
 *
 * @param refusal what the decoder throws when it refuses an input
 * @param bytes of heap that it may allocate for any input: buffers
 * @param bytesPerByte that it may allocate for each byte of the input
 */
public record Untrusted(Class<? extends Exception> refusal, long bytes, long bytesPerByte) {

    private static final Duration HANGS = Duration.ofMinutes(1);

    /**
     * Decodes, and fails if that does not end, takes memory out of proportion to the input, or
     * throws anything but a refusal with a message.
     *
     * @param size of the input, in bytes
     * @param decoder decodes the input, each time it is called
     * @return what was decoded, unless it was refused
     */
    public <T> Optional<T> decode(long size, Callable<T> decoder) {
        return assertTimeoutPreemptively(
                HANGS,
                () -> Allocation.within(bytes + bytesPerByte * size, () -> attempt(decoder)));
    }

    private <T> Optional<T> attempt(Callable<T> decoder) throws Exception {
        try {
            return Optional.of(decoder.call());
        } catch (Exception e) {
            if (!refusal.isInstance(e)) {
                throw e;
            }
            // Flink's own readers of numbers say nothing but that the input has ended.
            if (!(e instanceof EOFException)) {
                assertThat(e.getMessage()).isNotBlank();
            }
            return Optional.empty();
        }
    }
}
