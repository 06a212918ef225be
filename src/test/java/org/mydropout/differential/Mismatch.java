package org.mydropout.differential;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Describes the first difference of two answers to a batch, and how to repeat it. */
final class Mismatch {

    private Mismatch() {}

    /**
     * A text of several lines.
     *
     * @param first the answer of the plain loops
     * @param other the answer of the other, which differs
     */
    static String of(long salt, long number, Batch batch, byte[] first, String name, byte[] other) {
        if (other.length != first.length) {
            return "Batch %d of salt %d: %s ended after %d of %d bytes of its answer.%n%s"
                    .formatted(number, salt, name, other.length, first.length, batch);
        }
        int at = Arrays.mismatch(first, other);
        int keys = Batch.RECORDS * 2 * Integer.BYTES;
        int counts = keys + Batch.RECORDS * Integer.BYTES;
        int masks = counts + Batch.RECORDS * batch.size();
        if (at < keys) {
            return text(
                    salt, number, batch, at / 8, "key word " + at / 4 % 2, at, first, name, other);
        }
        if (at < counts) {
            return text(
                    salt,
                    number,
                    batch,
                    (at - keys) / 4,
                    "number of kept elements",
                    at,
                    first,
                    name,
                    other);
        }
        int element = at < masks ? at - counts : (at - masks) / 4;
        String what =
                "%s at index %d (%08x)"
                        .formatted(
                                at < masks ? "mask" : "value",
                                element % batch.size(),
                                batch.vectors()[element / batch.size()][element % batch.size()]);
        return at < masks
                ? head(salt, number, batch, element / batch.size(), what)
                        + "plain: %d%n%s: %d".formatted(first[at], name, other[at])
                : text(salt, number, batch, element / batch.size(), what, at, first, name, other);
    }

    private static String text(
            long salt,
            long number,
            Batch batch,
            int record,
            String what,
            int at,
            byte[] first,
            String name,
            byte[] other) {
        int word = at - at % Integer.BYTES;
        return head(salt, number, batch, record, what)
                + "plain: %08x%n%s: %08x"
                        .formatted(
                                ByteBuffer.wrap(first).getInt(word),
                                name,
                                ByteBuffer.wrap(other).getInt(word));
    }

    private static String head(long salt, long number, Batch batch, int record, String what) {
        Object id = batch.ids().get(record);
        return "Record %d of batch %d of salt %d differs in its %s.%n%s%nid %s, step %s%n"
                .formatted(
                        record,
                        number,
                        salt,
                        what,
                        batch,
                        id instanceof String text
                                ? Batch.escaped(text)
                                : Long.toUnsignedString((Long) id),
                        Long.toUnsignedString(batch.steps()[record]));
    }
}
