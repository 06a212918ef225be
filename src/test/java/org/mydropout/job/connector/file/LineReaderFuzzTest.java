package org.mydropout.job.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.mydropout.fuzz.Bytes;
import org.mydropout.fuzz.Untrusted;

/** Property tests for {@link LineReader}, with any bytes. */
class LineReaderFuzzTest {

    /** Allows for a buffer of 64 KiB, and up to one line per byte. */
    private static final Untrusted READER = new Untrusted(IOException.class, 68 << 10, 256);

    @Provide
    Arbitrary<byte[]> files() {
        return Arbitraries.oneOf(
                Bytes.any(200),
                Arbitraries.of("\n", "\r", "\r\n", "\uFEFF", "a", "bc", "\u0000")
                        .list()
                        .ofMaxSize(40)
                        .map(parts -> String.join("", parts).getBytes(StandardCharsets.UTF_8)));
    }

    /** Compares the reader with a plain split of the same bytes as ISO 8859-1 characters. */
    @Property
    void cutsAsAPlainSplitDoes(
            @ForAll("files") byte[] file,
            @ForAll @IntRange(min = 1, max = 50) int limit,
            @ForAll @IntRange(min = 1, max = 7) int atOnce) {
        List<String> lines =
                READER.decode(file.length, () -> read(new Dribble(file, atOnce), limit))
                        .orElseThrow();

        assertThat(lines).isEqualTo(expected(file, limit));
    }

    private static List<String> read(InputStream in, int limit) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(in, limit)) {
            byte[] line;
            while ((line = reader.read()) != null) {
                lines.add(new String(line, StandardCharsets.ISO_8859_1) + " of " + reader.length());
            }
        }
        return lines;
    }

    private static List<String> expected(byte[] file, int limit) {
        String all = new String(file, StandardCharsets.ISO_8859_1);
        all = all.startsWith("\u00EF\u00BB\u00BF") ? all.substring(3) : all;
        List<String> lines = new ArrayList<>(Arrays.asList(all.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines.stream()
                .map(
                        line -> {
                            boolean ended = line.length() <= limit + 1 && line.endsWith("\r");
                            String text = ended ? line.substring(0, line.length() - 1) : line;
                            return text.substring(0, Math.min(text.length(), limit))
                                    + " of "
                                    + text.length();
                        })
                .toList();
    }

    /** Gives a few bytes at a time, as networks do. */
    private static final class Dribble extends FilterInputStream {
        private final int atOnce;

        private Dribble(byte[] bytes, int atOnce) {
            super(new ByteArrayInputStream(bytes));
            this.atOnce = atOnce;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return super.read(bytes, offset, Math.min(length, atOnce));
        }
    }
}
