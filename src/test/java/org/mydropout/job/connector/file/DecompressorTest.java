package org.mydropout.job.connector.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Tests for {@link Decompressor}. */
class DecompressorTest {

    /** The place of the dictionary's size in an .xz file: after the stream header of 12 bytes. */
    private static final int BLOCK_HEADER = 12;

    private static final int DICTIONARY = BLOCK_HEADER + 4;

    /** A stream of compressed text. */
    static byte[] compressed(String ending, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compress(ending, bytes)) {
            out.write(text.getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static OutputStream compress(String ending, OutputStream out) throws IOException {
        return switch (ending) {
            case "gz", "GZ", "gzip" -> new GZIPOutputStream(out);
            case "bz2" -> new BZip2CompressorOutputStream(out);
            case "zst" -> new ZstdOutputStream(out).setChecksum(true);
            case "xz" -> new XZOutputStream(out, new LZMA2Options());
            case "deflate" -> new DeflaterOutputStream(out);
            default -> out;
        };
    }

    /** The text of a file whose stream does not know how many bytes are available. */
    static String text(String ending, byte[] file) throws IOException {
        InputStream remote =
                new FilterInputStream(new ByteArrayInputStream(file)) {
                    @Override
                    public int available() {
                        return 0;
                    }
                };
        try (InputStream in = Decompressor.decompress("part.1." + ending, remote)) {
            return new String(in.readAllBytes(), US_ASCII);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "GZ", "gzip", "bz2", "xz", "zst", "deflate", "jsonl"})
    void readsWhatTheEndingSays(String ending) throws IOException {
        assertThat(text(ending, compressed(ending, "one\ntwo\n"))).isEqualTo("one\ntwo\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst", "deflate"})
    void readsAllStreamsOfAFile(String ending) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (String part : new String[] {"", "one\n", "", "two\n", ""}) {
            file.writeBytes(compressed(ending, part));
        }

        assertThat(text(ending, file.toByteArray())).isEqualTo("one\ntwo\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst", "deflate"})
    void readsAnEmptyStream(String ending) throws IOException {
        assertThat(text(ending, compressed(ending, ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst", "deflate"})
    void refusesWhatFollowsTheLastStream(String ending) throws IOException {
        for (String rest : new String[] {"x", "trailing garbage"}) {
            byte[] stream = compressed(ending, "one\n");
            byte[] file = Arrays.copyOf(stream, stream.length + rest.length());
            System.arraycopy(rest.getBytes(US_ASCII), 0, file, stream.length, rest.length());

            assertThatThrownBy(() -> text(ending, file))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessageMatching(
                            "part\\.1\\.%s must be a whole .+ file, but .+\\.".formatted(ending));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst"})
    void readsWhatTheFirstBytesSayWhereTheEndingLies(String compression) throws IOException {
        byte[] full = compressed(compression, "one\n");
        byte[] empty = compressed(compression, "");

        for (String ending : new String[] {"jsonl", "csv", "gz", "zst", "bz2", "xz"}) {
            assertThat(text(ending, full)).isEqualTo("one\n");
            assertThat(text(ending, empty)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"gz, gzip", "bz2, bzip2", "xz, xz", "zst, Zstandard"})
    void refusesATextWithTheEndingOfACompressedFile(String ending, String format) {
        for (String text : new String[] {"", "{\"id\":1}\n"}) {
            assertThatThrownBy(() -> text(ending, text.getBytes(US_ASCII)))
                    .isInstanceOf(InvalidFileException.class)
                    .hasMessage(
                            "part.1.%s must be a %s file, as its ending says, but does not begin as one."
                                    .formatted(ending, format));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "BZh9", "BZh,id\n", "x^,id\n"})
    void leavesATextAsItIs(String text) throws IOException {
        assertThat(text("csv", text.getBytes(US_ASCII))).isEqualTo(text);
    }

    /** A failing disk is not a damaged file: the next attempt may succeed. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst", "deflate"})
    void tellsABrokenDiskFromABrokenFile(String ending) throws IOException {
        byte[] file = compressed(ending, "one\n");
        InputStream broken =
                new InputStream() {
                    private int position;

                    @Override
                    public int read() throws IOException {
                        if (position == file.length - 2) {
                            throw new IOException("Input/output error");
                        }
                        return file[position++] & 0xFF;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return super.read(bytes, offset, length);
                    }
                };

        try (InputStream in = Decompressor.decompress("in." + ending, broken)) {
            assertThatThrownBy(in::readAllBytes)
                    .isNotInstanceOf(InvalidFileException.class)
                    .hasMessage("Input/output error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "bz2", "xz", "zst", "deflate"})
    void refusesAFileThatEndsTooSoon(String ending) throws IOException {
        byte[] file = compressed(ending, "one\ntwo\n");

        for (int length = 0; length < file.length; length++) {
            byte[] part = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> text(ending, part))
                    .as("%d of %d bytes", length, file.length)
                    .isInstanceOf(InvalidFileException.class);
        }
    }

    @Test
    void refusesADictionaryThatTakesTooMuchMemory() throws IOException {
        byte[] file = compressed("xz", "one\n");
        file[DICTIONARY] = 36; // 1 GiB
        int headerEnd = BLOCK_HEADER + 4 * (file[BLOCK_HEADER] + 1);
        CRC32 checksum = new CRC32();
        checksum.update(file, BLOCK_HEADER, headerEnd - 4 - BLOCK_HEADER);
        ByteBuffer.wrap(file)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(headerEnd - 4, (int) checksum.getValue());

        assertThatThrownBy(() -> text("xz", file))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("asks for more than 128 MiB of memory");
    }
}
