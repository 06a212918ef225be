package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Compares {@link ShortestDecimal} with Jackson for all of its values, which takes minutes:
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec@test -Dmain=org.mydropout.job.text.EveryShortestDecimal
 * }</pre>
 */
final class EveryShortestDecimal {

    private EveryShortestDecimal() {}

    /** Prints the number of compared values, or fails at the first difference. */
    public static void main(String[] args) {
        byte[] bytes = new byte[ShortestDecimal.BYTES];
        long compared = 0;
        for (int bits = Integer.MIN_VALUE; ; bits++) {
            float value = Float.intBitsToFloat(bits);
            int length = ShortestDecimal.write(value, bytes, 0);
            if (length > 0) {
                String text = new String(bytes, 0, length, US_ASCII);
                String expected = NumberOutput.toString(value, true);
                if (!text.equals(expected)) {
                    throw new IllegalStateException(
                            "Jackson writes " + expected + ", but ShortestDecimal " + text + ".");
                }
                compared++;
            }
            if (bits == Integer.MAX_VALUE) {
                break;
            }
        }
        System.out.println(compared + " values have the same text.");
    }
}
