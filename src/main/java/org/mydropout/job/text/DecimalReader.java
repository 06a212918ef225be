package org.mydropout.job.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads a JSON number from the bytes of a line as its nearest value of a type, ties to even. It
 * takes a third of the time of Jackson's tokens, and half of that of fastdoubleparser, which first
 * searches the end of each number.
 *
 * <p>A number has digits d and a power of ten. A double represents d exactly if it has at most 53
 * bits, and the power from 10<sup>-22</sup> to 10<sup>22</sup>.
 */
abstract class DecimalReader {

    /** The result of {@link #read} for a number that it does not read. */
    static final int LEFT = -1;

    private static final int MOST_DIGITS = 18;

    /** A sign, a point, the digits, and the next character. */
    private static final int USUAL = 1 + 1 + MOST_DIGITS + 1;

    static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22
    };

    private static final long[] LONG_POWERS_OF_TEN = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ZEROS = 0x3030_3030_3030_3030L;

    /**
     * Reads the number that begins at an index.
     *
     * @param end the index after the last byte that may be read
     * @return the index after the number; {@link #LEFT} if there is none, or if its rounding is not
     *     certain
     */
    int read(byte[] text, int start, int end) {
        int at = start <= end - USUAL ? readUsual(text, start) : LEFT;
        return at == LEFT ? readAny(text, start, end) : at;
    }

    /**
     * Reads one digit, a point and up to {@link #MOST_DIGITS} - 1 digits, which most numbers of
     * vectors are. A branch for the sign would be mispredicted every other time.
     */
    private int readUsual(byte[] text, int start) {
        int sign = text[start] == '-' ? 1 : 0;
        int fraction = start + sign + 2;
        if (!isDigit(text[fraction - 2]) || text[fraction - 1] != '.') {
            return LEFT;
        }
        long eight = (long) LONGS.get(text, fraction);
        int places = leadingDigits(eight);
        long digits =
                (text[fraction - 2] - '0') * LONG_POWERS_OF_TEN[places] + value(eight, places);
        if (places == Long.BYTES) {
            while (places < MOST_DIGITS - 1 && isDigit(text[fraction + places])) {
                digits = 10 * digits + (text[fraction + places++] - '0');
            }
        }
        int at = fraction + places;
        boolean complete = places > 0 && !isDigit(text[at]) && (text[at] | ' ') != 'e';
        return complete && round(digits, -places, sign) ? at : LEFT;
    }

    private int readAny(byte[] text, int start, int end) {
        int sign = start < end && text[start] == '-' ? 1 : 0;
        int first = start + sign;
        int at = first;
        long digits = 0;
        while (at < end && isDigit(text[at])) {
            digits = 10 * digits + (text[at++] - '0');
        }
        int count = at - first;
        if (count == 0 || (count > 1 && text[first] == '0')) {
            return LEFT;
        }
        int fraction = at;
        int exponent = 0;
        if (at < end && text[at] == '.') {
            fraction = ++at;
            if (at <= end - Long.BYTES) {
                long eight = (long) LONGS.get(text, at);
                int some = leadingDigits(eight);
                digits = digits * LONG_POWERS_OF_TEN[some] + value(eight, some);
                at += some;
            }
            while (at < end && isDigit(text[at])) {
                digits = 10 * digits + (text[at++] - '0');
            }
            exponent = fraction - at;
            count -= exponent;
            if (exponent == 0) {
                return LEFT;
            }
        }
        if (at < end && (text[at] | ' ') == 'e') {
            boolean small = ++at < end && text[at] == '-';
            if (small || (at < end && text[at] == '+')) {
                at++;
            }
            int written = 0;
            int from = at;
            while (at < end && isDigit(text[at]) && at - from < 3) {
                written = 10 * written + (text[at++] - '0');
            }
            if (at == from || (at < end && isDigit(text[at]))) {
                return LEFT;
            }
            exponent += small ? -written : written;
        }
        boolean exact = count <= MOST_DIGITS || count - zeros(text, first, fraction) <= MOST_DIGITS;
        boolean rounded = (exact && round(digits, exponent, sign)) || roundText(text, start, at);
        return rounded ? at : LEFT;
    }

    /** The number of leading zeros of a number with digits before and after the point. */
    private static int zeros(byte[] text, int whole, int fraction) {
        if (text[whole] != '0') {
            return 0;
        }
        int at = fraction;
        while (text[at] == '0') {
            at++;
        }
        return at - fraction + 1;
    }

    /**
     * Keeps the nearest value of {@code digits * 10^exponent}.
     *
     * @param digits at most 18 digits
     * @param sign 1 if the number is negative, else 0
     * @return false if its rounding is not certain
     */
    abstract boolean round(long digits, int exponent, int sign);

    /** As {@link #round}, for the text of a number with more digits, or one that was left. */
    boolean roundText(byte[] text, int start, int end) {
        return false;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** The number of digits at the beginning of eight characters, the lowest byte first. */
    private static int leadingDigits(long eight) {
        long value = eight ^ ZEROS; // a byte of 0 to 9 for a digit
        long others = (value | ((value & 0x7F7F_7F7F_7F7F_7F7FL) + 0x7676_7676_7676_7676L));
        return Long.numberOfTrailingZeros(others & 0x8080_8080_8080_8080L) >>> 3;
    }

    /**
     * The value of the first {@code count} of eight characters, which are digits. It combines
     * neighbours to numbers of two, four and eight digits in parallel.
     */
    private static long value(long eight, int count) {
        if (count == 0) {
            return 0;
        }
        long ones = (eight ^ ZEROS) << (Long.SIZE - Byte.SIZE * count);
        long twos = 10 * ones + (ones >>> 8);
        long low = twos & 0x0000_00FF_0000_00FFL;
        long high = twos >>> 16 & 0x0000_00FF_0000_00FFL;
        return (low * 0x000F_4240_0000_0064L + high * 0x0000_2710_0000_0001L) >>> 32;
    }
}
