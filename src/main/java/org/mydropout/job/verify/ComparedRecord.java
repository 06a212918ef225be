package org.mydropout.job.verify;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.MessageMetadata;
import org.mydropout.job.text.PrintableText;
import org.mydropout.job.text.ProvenanceText;
import org.mydropout.job.text.TextRecord;

/**
 * The parts of a record that are compared.
 *
 * @param id as text
 * @param step as text
 * @param type of the vector's elements
 * @param bits those of the vector, one pattern for all NaNs
 * @param shape the dimensions of nested arrays; null where the vector is one array
 * @param rest the record's line without the vector, its step filled in, the part of a split that
 *     decides where it is written, and its provenance, where it is compared, that of any version
 * @param envelope key and headers of its message; null where they are not compared
 * @param timestamp of its message, in milliseconds since 1970; null where it is not compared
 */
public record ComparedRecord(
        String id,
        String step,
        ElementType type,
        long[] bits,
        @Nullable int[] shape,
        byte[] rest,
        @Nullable MessageMetadata envelope,
        @Nullable Long timestamp) {

    private static final MessageMetadata NO_KEY =
            new MessageMetadata(null, new String[0], new byte[0][]);

    /**
     * The compared parts of a record.
     *
     * @param type of the vector's elements
     * @param provenance whether the line has a provenance
     * @param inMessage whether key and headers are compared; lines of files have none
     * @param timestamp the timestamp to compare
     */
    static ComparedRecord of(
            TextRecord record,
            ElementType type,
            boolean provenance,
            boolean inMessage,
            @Nullable Long timestamp) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            record.writeRest(rest);
            if (record.part() != null) {
                rest.write(
                        " in the part %s"
                                .formatted(record.part())
                                .getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed.", e);
        }
        return new ComparedRecord(
                record.idText(),
                Long.toUnsignedString(record.vector().step()),
                type,
                bits(record, type),
                record.shape(),
                provenance ? ProvenanceText.ofAnyVersion(rest.toByteArray()) : rest.toByteArray(),
                inMessage ? Objects.requireNonNullElse(record.envelope(), NO_KEY) : null,
                timestamp);
    }

    private static long[] bits(TextRecord record, ElementType type) {
        long[] bits = new long[record.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] =
                    type.bits(
                            record.typed() == null
                                    ? record.vector().values()[i]
                                    : record.typed()[i]);
        }
        return bits;
    }

    /** A SHA-256 in hexadecimal, equal if and only if the contents are equal. */
    String digest() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(Long.BYTES * bits.length + rest.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, id.getBytes(StandardCharsets.UTF_8));
            write(out, step.getBytes(StandardCharsets.UTF_8));
            out.writeInt(bits.length);
            for (long element : bits) {
                out.writeLong(element);
            }
            out.writeUTF(Arrays.toString(shape));
            write(out, rest);
            if (envelope != null) {
                write(out, envelope.key());
                out.writeInt(envelope.headerNames().length);
                for (int i = 0; i < envelope.headerNames().length; i++) {
                    write(out, envelope.headerNames()[i].getBytes(StandardCharsets.UTF_8));
                    write(out, envelope.headerValues()[i]);
                }
            }
            out.writeUTF(String.valueOf(timestamp));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed.", e);
        }
        return HexFormat.of().formatHex(digest.digest(bytes.toByteArray()));
    }

    private static void write(DataOutputStream out, @Nullable byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    /** Whether the other fields are equal. */
    boolean hasRestOf(ComparedRecord other) {
        return Arrays.equals(rest, other.rest);
    }

    /** Describes the first difference of this record, which was found, from the expected one. */
    String against(ComparedRecord expected) {
        // A different provenance explains all other differences.
        Optional<String> made = ProvenanceText.in(rest);
        Optional<String> shouldBeMade = ProvenanceText.in(expected.rest);
        if (shouldBeMade.isPresent() && !made.equals(shouldBeMade)) {
            return DifferenceText.differing(
                    "provenance",
                    PrintableText.printable(shouldBeMade.get()),
                    PrintableText.printable(made.orElse("none")));
        }
        int different = Arrays.mismatch(bits, expected.bits);
        if (different >= 0 && different < Math.min(bits.length, expected.bits.length)) {
            return "must have %s at index %d, but has %s"
                    .formatted(expected.element(different), different, element(different));
        }
        if (different >= 0) {
            return "must have %d elements, but has %d".formatted(expected.bits.length, bits.length);
        }
        if (!Arrays.equals(shape, expected.shape)) {
            return DifferenceText.differing("shape", expected.shapeText(), shapeText());
        }
        if (!hasRestOf(expected)) {
            return DifferenceText.differing(
                    "other fields", DifferenceText.line(expected.rest), DifferenceText.line(rest));
        }
        if (!Arrays.equals(envelope.key(), expected.envelope.key())) {
            return DifferenceText.differing(
                    "key",
                    DifferenceText.text(expected.envelope.key()),
                    DifferenceText.text(envelope.key()));
        }
        if (!hasHeadersOf(expected)) {
            return DifferenceText.differing("headers", expected.headers(), headers());
        }
        return DifferenceText.differing(
                "timestamp",
                Instant.ofEpochMilli(expected.timestamp).toString(),
                Instant.ofEpochMilli(timestamp).toString());
    }

    /** The dimensions, for example {@code 28x28}. */
    private String shapeText() {
        int[] dimensions = shape == null ? new int[] {bits.length} : shape;
        return Arrays.stream(dimensions).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }

    private boolean hasHeadersOf(ComparedRecord other) {
        return Arrays.equals(envelope.headerNames(), other.envelope.headerNames())
                && Arrays.deepEquals(envelope.headerValues(), other.envelope.headerValues());
    }

    private String headers() {
        return IntStream.range(0, envelope.headerNames().length)
                .mapToObj(
                        i ->
                                DifferenceText.quoted(envelope.headerNames()[i])
                                        + "="
                                        + DifferenceText.text(envelope.headerValues()[i]))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** An element and its bits. */
    private String element(int index) {
        return "%s (%s)"
                .formatted(type.text(type.value(bits[index])), type.hexadecimal(bits[index]));
    }
}
