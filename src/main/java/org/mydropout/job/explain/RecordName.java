package org.mydropout.job.explain;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.kernel.flax.IdType;

/** Reads ids and steps from a command line. */
public final class RecordName {

    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private RecordName() {}

    /**
     * Reads an id.
     *
     * @return a String, or a Long for an integer id, as its 64-bit two's complement
     * @throws InvalidJobException if it must be an integer of 64 bits, but is not
     */
    public static Object id(String text, IdType type) throws InvalidJobException {
        if (type == IdType.STRING) {
            return text;
        }
        return number(text)
                .orElseThrow(
                        () ->
                                new InvalidJobException(
                                        List.of(
                                                "--id must be a whole number of at most 64 bits when"
                                                        + " the id type is %s, but is '%s'."
                                                                .formatted(type, text))));
    }

    /**
     * Reads a step.
     *
     * @return its 64-bit two's complement
     * @throws InvalidJobException if it is not an integer of 64 bits
     */
    public static long step(String text) throws InvalidJobException {
        return number(text)
                .orElseThrow(
                        () ->
                                new InvalidJobException(
                                        List.of(
                                                "--step must be a whole number of at most 64 bits,"
                                                        + " but is '%s'.".formatted(text))));
    }

    private static Optional<Long> number(String text) {
        try {
            BigInteger number = new BigInteger(text.strip());
            return number.compareTo(MIN) >= 0 && number.compareTo(MAX) <= 0
                    ? Optional.of(number.longValue())
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
