package org.mydropout.fuzz;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators of bytes as input. */
public final class Bytes {

    private Bytes() {}

    /** Any bytes. */
    public static Arbitrary<byte[]> any(int maxSize) {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(maxSize);
    }

    /** A valid input with some bytes changed, which may also be truncated. */
    public static Arbitrary<byte[]> damaged(byte[] valid) {
        Arbitrary<List<Change>> changes =
                Combinators.combine(
                                Arbitraries.integers().between(0, Math.max(0, valid.length - 1)),
                                Arbitraries.bytes())
                        .as(Change::new)
                        .list()
                        .ofMaxSize(4);
        return Combinators.combine(changes, Arbitraries.integers().between(0, valid.length))
                .as((all, length) -> damage(valid, all, length));
    }

    private static byte[] damage(byte[] valid, List<Change> changes, int length) {
        byte[] bytes = valid.clone();
        for (Change change : changes) {
            if (bytes.length > 0) {
                bytes[change.at] = change.value;
            }
        }
        // Half of the inputs keep their length, so that decoders reach damage beyond their
        // beginning.
        return length % 2 == 0 ? bytes : Arrays.copyOf(bytes, length);
    }

    private record Change(int at, byte value) {}
}
