package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.text.DeadLetterReason.OUT_OF_RANGE;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Reads the values of a named field in the same way for every format. */
final class FieldReader {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");
    private static final String UINT32_RULE = "a whole number from 0 to 4294967295";
    private static final String UINT64_RULE = "a whole number that fits 64 bits";
    private static final BigInteger MAX_UINT32 = BigInteger.valueOf(0xFFFF_FFFFL);
    private static final BigInteger MAX_UINT64 =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private static final BigInteger MIN_INT64 = BigInteger.valueOf(Long.MIN_VALUE);

    /** The digits of the greatest 64-bit number. */
    private static final int MOST_DIGITS = 20;

    /** So many digits always fit a long. */
    private static final int SHORT_DIGITS = 18;

    /** The result of {@link #shortNumber} for a text that it does not read. */
    private static final long LEFT = -1;

    private static final String NO_HELP = "";

    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

    private final String field;
    private final String textIdHelp;
    private final String numberIdHelp;
    private final String largeIdHelp;
    private final String largeStepHelp;
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();

    /** A reader of a field that is no part of a key. */
    FieldReader(String field) {
        this(field, "");
    }

    /**
     * A reader of an id or a step.
     *
     * @param keyOptions the prefix of the options of a key, for advice
     */
    FieldReader(String field, String keyOptions) {
        this.field = field;
        this.textIdHelp = help(keyOptions, "id-type: string takes a text");
        this.numberIdHelp = help(keyOptions, "id-type: uint64 takes a whole number");
        this.largeIdHelp = help(keyOptions, "id-type: uint64 takes it");
        this.largeStepHelp = help(keyOptions, "step-type: uint64 takes it");
    }

    /** The advice if an id is a string but must be a number. */
    String textIdHelp() {
        return textIdHelp;
    }

    /** The advice if an id is a number but must be a string. */
    String numberIdHelp() {
        return numberIdHelp;
    }

    private static String help(String keyOptions, String option) {
        return "%s.%s, and changes all masks".formatted(keyOptions, option);
    }

    /**
     * Refuses another token than the given one.
     *
     * @param rule what the field must be
     */
    void require(JsonParser parser, JsonToken token, String rule)
            throws IOException, RefusedLineException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            throw refuse(NULL_FIELD, rule, "null");
        }
        if (!parser.hasToken(token)) {
            throw refuse(WRONG_TYPE, rule, PrintableText.describe(parser));
        }
    }

    /** Reads an integer id as its 64-bit two's complement. */
    long id(String text, IdType type) throws RefusedLineException {
        return number(text, type == IdType.UINT32, textIdHelp, largeIdHelp);
    }

    /** Reads a step as its 64-bit two's complement. */
    long step(String text, StepType type) throws RefusedLineException {
        return number(text, type == StepType.UINT32, NO_HELP, largeStepHelp);
    }

    private long number(String text, boolean isUint32, String textHelp, String largeHelp)
            throws RefusedLineException {
        long few = shortNumber(text);
        if (few != LEFT && (!isUint32 || few <= MAX_UINT32.longValue())) {
            return few;
        }
        requireWholeNumber(text, isUint32 ? UINT32_RULE : UINT64_RULE, textHelp);
        return isUint32 ? uint32(text, largeHelp) : uint64(text);
    }

    /** The value of 1 to 18 digits; {@link #LEFT} for any other text. */
    private static long shortNumber(String text) {
        if (text.isEmpty() || text.length() > SHORT_DIGITS) {
            return LEFT;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return LEFT;
            }
            value = 10 * value + (digit - '0');
        }
        return value;
    }

    private long uint32(String text, String help) throws RefusedLineException {
        Optional<BigInteger> value = wholeNumber(text);
        if (value.filter(number -> isWithin(number, BigInteger.ZERO, MAX_UINT32)).isPresent()) {
            return value.get().longValue();
        }
        boolean helps = value.filter(number -> isWithin(number, MIN_INT64, MAX_UINT64)).isPresent();
        throw refuse(
                OUT_OF_RANGE, UINT32_RULE, PrintableText.clipped(text), helps ? help : NO_HELP);
    }

    private long uint64(String text) throws RefusedLineException {
        return wholeNumber(text)
                .filter(number -> isWithin(number, MIN_INT64, MAX_UINT64))
                .orElseThrow(() -> refuse(OUT_OF_RANGE, UINT64_RULE, PrintableText.clipped(text)))
                .longValue();
    }

    private static boolean isWithin(BigInteger value, BigInteger least, BigInteger most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    /**
     * The value of digits; empty if there are too many for any type, leading zeros not counted. The
     * limit is needed because the time of BigInteger grows with the square of the number of digits.
     */
    private static Optional<BigInteger> wholeNumber(String text) {
        int first = text.startsWith("-") ? 1 : 0;
        int start = first;
        while (start < text.length() - 1 && text.charAt(start) == '0') {
            start++;
        }
        if (text.length() - start > MOST_DIGITS) {
            return Optional.empty();
        }
        BigInteger magnitude = new BigInteger(text.substring(start));
        return Optional.of(first == 1 ? magnitude.negate() : magnitude);
    }

    private void requireWholeNumber(String text, String rule, String help)
            throws RefusedLineException {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw refuse(WRONG_TYPE, rule, PrintableText.quoted(text), help);
        }
    }

    /** Reads a string id. Refuses an unpaired surrogate, which has no UTF-8 form. */
    String name(String text) throws RefusedLineException {
        if (!utf8.canEncode(text)) {
            throw refuse(WRONG_TYPE, "a text of whole Unicode characters", "one with half a pair");
        }
        return text;
    }

    /** Refuses numbers that are not finite, unless they are written as by Python's json module. */
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
        return refuse(reason, rule, value, NO_HELP);
    }

    /** The refusal «Field F must be RULE, but is VALUE; HELP.» */
    RefusedLineException refuse(DeadLetterReason reason, String rule, String value, String help) {
        return new RefusedLineException(
                reason,
                "Field '%s' must be %s, but is %s%s."
                        .formatted(field, rule, value, help.isEmpty() ? "" : "; " + help));
    }
}
