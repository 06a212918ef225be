package org.mydropout.job.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.annotation.Nullable;
import org.mydropout.job.text.PrintableText;

/** Says how parts of two records differ. */
final class DifferenceText {

    /** In characters. Of a longer text, this much is shown from its first difference on. */
    private static final int SHOWN = 1_000;

    private DifferenceText() {}

    /** What a part must be and is; of long texts, from their first difference on. */
    static String differing(String what, String should, String is) {
        int start = 0;
        if (Math.max(should.length(), is.length()) > SHOWN) {
            int both = Math.min(should.length(), is.length());
            while (start < both && should.charAt(start) == is.charAt(start)) {
                start++;
            }
        }
        String place = start == 0 ? "" : " from character " + start + " on";
        return "must have the %s%s %s, but has %s"
                .formatted(what, place, clipped(should, start), clipped(is, start));
    }

    private static String clipped(String text, int start) {
        return text.length() - start <= SHOWN
                ? text.substring(start)
                : text.substring(start, start + SHOWN) + "…";
    }

    /** A line in printable form, or in hexadecimal if it is not UTF-8. */
    static String line(byte[] bytes) {
        return isText(bytes) ? PrintableText.printable(utf8(bytes)) : hexadecimal(bytes);
    }

    /**
     * A text in quotes; {@code null}, and bytes that are not UTF-8 in hexadecimal, without quotes.
     */
    static String text(@Nullable byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        return isText(bytes) ? quoted(utf8(bytes)) : hexadecimal(bytes);
    }

    static String quoted(String text) {
        return '"' + PrintableText.printable(text).replace("\"", "\\\"") + '"';
    }

    private static boolean isText(byte[] bytes) {
        return Arrays.equals(utf8(bytes).getBytes(StandardCharsets.UTF_8), bytes);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String hexadecimal(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
