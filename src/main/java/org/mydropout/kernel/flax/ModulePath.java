package org.mydropout.kernel.flax;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mydropout.kernel.random.PrngKey;

/**
 * The path of the module that calls {@code make_rng} in a Flax Linen model: the submodule names
 * from the top-level module down, such as {@code Block_0, MyDropout_0}.
 *
 * @param names the names, outermost first; empty for a top-level module
 * @param rngSeparator {@code flax_fix_rng_separator}: a zero byte is hashed before every name and
 *     before the call count, so that {@code [ab, c]} and {@code [a, bc]} differ. Flax's default is
 *     false.
 */
public record ModulePath(List<String> names, boolean rngSeparator) {

    /** The path of a top-level module under Flax's defaults. */
    public static final ModulePath ROOT = new ModulePath(List.of(), false);

    /**
     * Copies the names.
     *
     * @throws IllegalArgumentException if a name has an unpaired surrogate, which UTF-8 cannot
     *     encode
     */
    public ModulePath {
        names = List.copyOf(names);
        for (String name : names) {
            if (!UTF_8.newEncoder().canEncode(name)) {
                throw new IllegalArgumentException(
                        "A module name must be encodable in UTF-8, but \""
                                + name
                                + "\" has an unpaired surrogate.");
            }
        }
    }

    /** The path of the submodule {@code name} of this module. */
    public ModulePath child(String name) {
        List<String> childNames = new ArrayList<>(names);
        childNames.add(name);
        return new ModulePath(childNames, rngSeparator);
    }

    /**
     * The word that call number {@code count} of {@code make_rng} in this module folds into a
     * stream's key. It is the first four bytes, big-endian, of the SHA-1 digest of the names in
     * UTF-8 followed by the count, which takes as few big-endian bytes as possible (Flax: {@code
     * flax.core.scope._fold_in_static}).
     *
     * @param count the number of the call in this module and stream; Flax counts from 1
     * @return 0 … 2^32-1, for {@link PrngKey#foldIn}
     * @throws IllegalArgumentException if count is below 1
     */
    public long foldData(long count) {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "Calls of make_rng are counted from 1, but the count is " + count + ".");
        }
        MessageDigest sha1 = sha1();
        for (String name : names) {
            update(sha1, name.getBytes(UTF_8));
        }
        update(sha1, minimalBytes(count));
        return ByteBuffer.wrap(sha1.digest()).getInt() & 0xFFFF_FFFFL;
    }

    private void update(MessageDigest sha1, byte[] element) {
        if (rngSeparator) {
            sha1.update((byte) 0);
        }
        sha1.update(element);
    }

    /** Python's {@code count.to_bytes((count.bit_length() + 7) // 8, "big")}. */
    private static byte[] minimalBytes(long count) {
        int length = (Long.SIZE - Long.numberOfLeadingZeros(count) + Byte.SIZE - 1) / Byte.SIZE;
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(count).array();
        return Arrays.copyOfRange(all, Long.BYTES - length, Long.BYTES);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-1 (MessageDigest).", e);
        }
    }
}
