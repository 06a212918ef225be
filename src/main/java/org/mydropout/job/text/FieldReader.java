package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.OUT_OF_RANGE;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Reads the values of one named field, the same way in every format. */
final class FieldReader {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");
    private static final String UINT32_RULE = "a whole number from 0 to 4294967295";
    private static final String UINT64_RULE = "a whole number that fits 64 bits";
    private static final BigInteger MAX_UINT64 =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);

    /** Decimal digits that always fit a long. */
    private static final int LONG_DIGITS = 18;

    /** As Jackson has it: the time that a BigInteger takes grows with the square of its digits. */
    private static final int MAX_DIGITS = StreamReadConstraints.DEFAULT_MAX_NUM_LEN;

    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private final String field;
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();

    FieldReader(String field) {
        this.field = field;
    }

    /** Reads a numeric id, as its 64-bit two's complement. */
    long id(String text, IdType type) throws RefusedLineException {
        return type == IdType.UINT32 ? uint32(text) : uint64(text);
    }

    /** Reads a step, as its 64-bit two's complement. */
    long step(String text, StepType type) throws RefusedLineException {
        return type == StepType.UINT32 ? uint32(text) : uint64(text);
    }

    private long uint32(String text) throws RefusedLineException {
        requireWholeNumber(text, UINT32_RULE);
        if (text.length() <= LONG_DIGITS) {
            long value = Long.parseLong(text);
            if (value >= 0 && value <= 0xFFFF_FFFFL) {
                return value;
            }
        }
        throw refuse(OUT_OF_RANGE, UINT32_RULE, PrintableText.clipped(text));
    }

    private long uint64(String text) throws RefusedLineException {
        requireWholeNumber(text, UINT64_RULE);
        if (text.length() <= LONG_DIGITS) {
            return Long.parseLong(text);
        }
        if (text.length() > MAX_DIGITS) {
            throw refuse(OUT_OF_RANGE, UINT64_RULE, PrintableText.clipped(text));
        }
        BigInteger value = new BigInteger(text);
        if (value.compareTo(MAX_UINT64) > 0 || value.compareTo(MIN_INT64) < 0) {
            throw refuse(OUT_OF_RANGE, UINT64_RULE, PrintableText.clipped(text));
        }
        return value.longValue();
    }

    private void requireWholeNumber(String text, String rule) throws RefusedLineException {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw refuse(WRONG_TYPE, rule, PrintableText.quoted(text));
        }
    }

    /** Reads a text id, which half a surrogate pair would keep from having UTF-8 bytes. */
    String name(String text) throws RefusedLineException {
        if (!utf8.canEncode(text)) {
            throw refuse(WRONG_TYPE, "a text of whole Unicode characters", "one with half a pair");
        }
        return text;
    }

    /** Refuses what is not finite, unless it is written as Python's json module does. */
    static void requireJson(JsonParser parser) throws IOException, RefusedLineException {
        if (parser.isNaN() && !NOT_FINITE.contains(parser.getText())) {
            throw new RefusedLineException(
                    DeadLetterReason.MALFORMED,
                    "What is not finite must be NaN, Infinity or -Infinity, but is %s."
                            .formatted(parser.getText()));
        }
    }

    /** The refusal «Field F must be RULE, but is VALUE.» */
    RefusedLineException refuse(DeadLetterReason reason, String rule, String value) {
        return new RefusedLineException(
                reason, "Field '" + field + "' must be " + rule + ", but is " + value + ".");
    }
}
