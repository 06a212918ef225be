package org.mydropout.job.sheet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mydropout.job.config.InvalidJobException;

/** Unsigned 64-bit integers on a command line: {@code 0..9}, inclusive, or {@code 3,7,10..12}. */
final class NumberRanges {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,20})(?:\\.\\.(\\d{1,20}))?");
    private static final BigInteger MAX =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    /** A range, inclusive. */
    private record Range(BigInteger first, BigInteger last) {
        boolean contains(BigInteger number) {
            return first.compareTo(number) <= 0 && number.compareTo(last) <= 0;
        }

        BigInteger size() {
            return last.subtract(first).add(BigInteger.ONE);
        }
    }

    private final List<Range> ranges;

    private NumberRanges(List<Range> ranges) {
        this.ranges = ranges;
    }

    /**
     * Reads ranges.
     *
     * @param option the name of the option, for messages
     * @throws InvalidJobException if the text has neither form
     */
    static NumberRanges of(String option, String text) throws InvalidJobException {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw refused(option, text);
            }
            BigInteger first = new BigInteger(range.group(1));
            BigInteger last = range.group(2) == null ? first : new BigInteger(range.group(2));
            if (first.compareTo(last) > 0 || last.compareTo(MAX) > 0) {
                throw refused(option, text);
            }
            ranges.add(new Range(first, last));
        }
        return new NumberRanges(List.copyOf(ranges));
    }

    private static InvalidJobException refused(String option, String text) {
        return new InvalidJobException(
                List.of(
                        "%s must be whole numbers of at most 64 bits, as 0..9 or 3,7,10..12, but is '%s'."
                                .formatted(option, text)));
    }

    boolean contains(long number) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(number));
        return ranges.stream().anyMatch(range -> range.contains(unsigned));
    }

    /** The number of integers, repeated ones counted each time; at most 2^31-1. */
    int size() {
        return ranges.stream()
                .map(Range::size)
                .reduce(BigInteger.ZERO, BigInteger::add)
                .min(BigInteger.valueOf(Integer.MAX_VALUE))
                .intValueExact();
    }

    /** All integers in the order of the text. */
    List<Long> values() {
        List<Long> values = new ArrayList<>();
        for (Range range : ranges) {
            for (BigInteger value = range.first();
                    range.contains(value);
                    value = value.add(BigInteger.ONE)) {
                values.add(value.longValue());
            }
        }
        return values;
    }
}
