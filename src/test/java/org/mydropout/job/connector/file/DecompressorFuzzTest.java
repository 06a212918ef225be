package org.mydropout.job.connector.file;

import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;

/** Property tests for {@link Decompressor}, with damaged files. */
class DecompressorFuzzTest {

    /** A .bz2 needs 4 MB for its blocks, an .xz up to its limit. */
    private static final Untrusted DECOMPRESSOR = new Untrusted(IOException.class, 140 << 20, 4096);

    @Provide
    Arbitrary<String> endings() {
        return Arbitraries.of("gz", "bz2", "xz", "zst", "deflate");
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Bytes.any(100);
    }

    @Property
    void readsOrRefusesDamagedFiles(
            @ForAll("endings") String ending, @ForAll("bytes") byte[] noise, @ForAll int at)
            throws IOException {
        byte[] file = DecompressorTest.compressed(ending, "one\ntwo\nthree\n".repeat(10));
        int from = Math.floorMod(at, file.length);
        for (int i = 0; i < noise.length && from + i < file.length; i++) {
            file[from + i] ^= noise[i];
        }
        DECOMPRESSOR.decode(file.length, () -> DecompressorTest.text(ending, file));
    }

    @Property
    void readsOrRefusesAnyBytes(@ForAll("endings") String ending, @ForAll("bytes") byte[] file) {
        DECOMPRESSOR.decode(file.length, () -> DecompressorTest.text(ending, file));
    }
}
