package org.mydropout.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.EOFException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * Checks how a decoder treats untrusted input.
 *
 * @param refusal the exception with which the decoder refuses an input
 * @param bytes the bytes of heap that it may allocate for any input, for buffers
 * @param bytesPerByte the bytes that it may allocate in addition for each byte of the input
 * @param inOurWords whether the messages of refusals of ours have no words of libraries
 */
public record Untrusted(
        Class<? extends Exception> refusal, long bytes, long bytesPerByte, boolean inOurWords) {

    /** A decoder whose refusals are in our words. */
    public Untrusted(Class<? extends Exception> refusal, long bytes, long bytesPerByte) {
        this(refusal, bytes, bytesPerByte, true);
    }

    /** Words of Java and of libraries, which no message of ours contains. */
    public static final Pattern FOREIGN_WORDS =
            Pattern.compile(
                    "\\b(java|javax|jdk|sun|com|org)\\.[a-z]\\w*\\.\\w|\\w(Exception|Error)\\b"
                            + "|(?i)jackson|snakeyaml|StreamRead|Source: |REDACTED|in reader,"
                            + "|For input string|close marker");

    private static final Duration HANGS = Duration.ofMinutes(1);

    /**
     * Decodes an input. Fails if decoding does not end, allocates memory out of proportion to the
     * input, or throws anything except a refusal with a message, in our words if it is ours.
     *
     * @param size the size of the input in bytes
     * @param decoder decodes the input each time it is called
     * @return the decoded value; empty if the input was refused
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
            // Flink's own readers of numbers give no message when the input ends.
            if (!(e instanceof EOFException)) {
                assertThat(e.getMessage()).isNotBlank();
            }
            if (inOurWords && e.getClass().getName().startsWith("org.mydropout.")) {
                assertThat(e.getMessage()).doesNotContainPattern(FOREIGN_WORDS);
            }
            return Optional.empty();
        }
    }
}
