package org.mydropout.job.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.MessageMetadata;

/** Tests for {@link ComparedRecord}. */
class ComparedRecordTest {

    private static final float[] VECTOR = {1f, -0f, Float.NaN};

    static long[] bits(float... vector) {
        long[] bits = new long[vector.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = ElementType.FLOAT32.bits(vector[i]);
        }
        return bits;
    }

    private static ComparedRecord content(float[] vector, String rest) {
        return content(vector, rest, envelope("k", "trace", "t"), 5);
    }

    private static ComparedRecord content(
            float[] vector, String rest, MessageMetadata envelope, long timestamp) {
        return new ComparedRecord(
                "a",
                "7",
                ElementType.FLOAT32,
                bits(vector),
                null,
                rest.getBytes(UTF_8),
                envelope,
                timestamp);
    }

    /** The metadata of a message: its key, and the names and values of its headers. */
    private static MessageMetadata envelope(String key, String... headers) {
        String[] names = new String[headers.length / 2];
        byte[][] values = new byte[headers.length / 2][];
        for (int i = 0; i < names.length; i++) {
            names[i] = headers[2 * i];
            values[i] = bytes(headers[2 * i + 1]);
        }
        return new MessageMetadata(bytes(key), names, values);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    @Test
    void hasOneDigestWhereAllIsEqual() {
        assertThat(content(VECTOR.clone(), "r").digest())
                .isEqualTo(content(VECTOR.clone(), "r").digest());
    }

    /** Records whose digests would be equal if the digest lacked a length. */
    static Stream<Arguments> hasADigestOfItsOwn() {
        return Stream.of(
                arguments(named("1", "23", "r"), named("12", "3", "r")),
                arguments(named("1", "2", "r"), named("2", "2", "r")),
                arguments(named("1", "2", "r"), named("1", "3", "r")),
                arguments(
                        content(VECTOR, "r", envelope("k", "a", "b"), 5),
                        content(VECTOR, "r", envelope("k", "c", "b"), 5)),
                arguments(
                        content(VECTOR, "r", envelope("k"), 5),
                        new ComparedRecord(
                                "a",
                                "7",
                                ElementType.FLOAT32,
                                bits(VECTOR),
                                null,
                                bytes("r"),
                                null,
                                5L)),
                arguments(
                        content(VECTOR, "r", envelope("k"), 5),
                        new ComparedRecord(
                                "a",
                                "7",
                                ElementType.FLOAT32,
                                bits(VECTOR),
                                null,
                                bytes("r"),
                                envelope("k"),
                                null)));
    }

    private static ComparedRecord named(String id, String step, String rest) {
        return new ComparedRecord(
                id, step, ElementType.FLOAT32, bits(VECTOR), null, bytes(rest), null, null);
    }

    @ParameterizedTest
    @MethodSource
    void hasADigestOfItsOwn(ComparedRecord some, ComparedRecord other) {
        assertThat(some.digest()).isNotEqualTo(other.digest());
    }

    static Stream<Arguments> tellsWhatDiffersFirst() {
        MessageMetadata same = envelope("k", "trace", "t");
        return Stream.of(
                arguments(
                        content(new float[] {1f, 0f, 2f}, "r"),
                        "must have -0.0 (80000000) at index 1, but has 0.0 (00000000)"),
                arguments(content(new float[] {1f, -0f}, "r"), "must have 3 elements, but has 2"),
                arguments(
                        new ComparedRecord(
                                "a",
                                "7",
                                ElementType.FLOAT32,
                                bits(VECTOR),
                                new int[] {3, 1},
                                bytes("r"),
                                envelope("k", "trace", "t"),
                                5L),
                        "must have the shape 3, but has 3x1"),
                arguments(content(VECTOR, "other"), "must have the other fields r, but has other"),
                arguments(
                        content(VECTOR, "r", envelope("l", "trace", "t"), 5),
                        "must have the key \"k\", but has \"l\""),
                arguments(
                        content(VECTOR, "r", envelope(null, "trace", "t"), 5),
                        "must have the key \"k\", but has null"),
                arguments(
                        content(VECTOR, "r", envelope("k", "trace", "u"), 5),
                        "must have the headers [\"trace\"=\"t\"], but has [\"trace\"=\"u\"]"),
                arguments(
                        content(VECTOR, "r", envelope("k"), 5),
                        "must have the headers [\"trace\"=\"t\"], but has []"),
                arguments(
                        content(VECTOR, "r", envelope("k", "trace", null), 5),
                        "must have the headers [\"trace\"=\"t\"], but has [\"trace\"=null]"),
                arguments(
                        content(VECTOR, "r", same, 6),
                        "must have the timestamp 1970-01-01T00:00:00.005Z, but has"
                                + " 1970-01-01T00:00:00.006Z"));
    }

    @ParameterizedTest
    @MethodSource
    void tellsWhatDiffersFirst(ComparedRecord found, String sentence) {
        ComparedRecord expected = content(VECTOR, "r");

        assertThat(found.against(expected)).isEqualTo(sentence);
        assertThat(found.digest()).isNotEqualTo(expected.digest());
    }

    /** Each pair has different digests, and must be shown differently. */
    static Stream<Arguments> tellsApartWhatReadsAlike() {
        return Stream.of(
                arguments(
                        envelope(null),
                        envelope("null"),
                        "must have the key \"null\", but has null"),
                arguments(
                        envelope("k", "h", null),
                        envelope("k", "h", "null"),
                        "must have the headers [\"h\"=\"null\"], but has [\"h\"=null]"),
                arguments(
                        envelope("k", "h", "=v"),
                        envelope("k", "h=", "v"),
                        "must have the headers [\"h=\"=\"v\"], but has [\"h\"=\"=v\"]"),
                arguments(
                        envelope("k", "h", "a, h=b"),
                        envelope("k", "h", "a", "h", "b"),
                        "must have the headers [\"h\"=\"a\", \"h\"=\"b\"], but has [\"h\"=\"a, h=b\"]"),
                arguments(
                        new MessageMetadata(new byte[] {-1}, new String[0], new byte[0][]),
                        envelope("0xff"),
                        "must have the key \"0xff\", but has 0xff"),
                arguments(
                        envelope("\n\u001b[2J\u202e\u2028"),
                        envelope("\\n\""),
                        "must have the key \"\\\\n\\\"\", but has \"\\u000a\\u001b[2J\\u202e\\u2028\""));
    }

    @ParameterizedTest
    @MethodSource
    void tellsApartWhatReadsAlike(MessageMetadata is, MessageMetadata should, String sentence) {
        ComparedRecord found =
                new ComparedRecord(
                        "a", "7", ElementType.FLOAT32, bits(VECTOR), null, new byte[0], is, null);
        ComparedRecord expected =
                new ComparedRecord(
                        "a",
                        "7",
                        ElementType.FLOAT32,
                        bits(VECTOR),
                        null,
                        new byte[0],
                        should,
                        null);

        assertThat(found.digest()).isNotEqualTo(expected.digest());
        assertThat(found.against(expected)).isEqualTo(sentence);
    }

    @Test
    void printsNoLineAndNoEscapeOfTheData() {
        ComparedRecord expected = content(VECTOR, "a");
        String id = "7\n\u001b[1mThe output is what the input gives." + "x".repeat(100);
        ComparedRecord found =
                new ComparedRecord(
                        id,
                        "7",
                        ElementType.FLOAT32,
                        bits(VECTOR),
                        null,
                        bytes("b\r\n\u009b\\u009b"),
                        null,
                        null);

        assertThat(Difference.of(VerifyCount.DIFFERENT, found, found.against(expected)))
                .hasToString(
                        "id 7\\u000a\\u001b[1mThe output is what the input gives.%s… (141 characters), step 7"
                                        .formatted("x".repeat(19))
                                + " must have the other fields a, but has b\\u000d\\u000a\\u009b\\\\u009b");
    }

    /** A different provenance explains all other differences. */
    @ParameterizedTest
    @CsvSource({
        "flink-mydropout/*?format=1&seed=8, flink-mydropout/*?format=1&seed=8",
        "no provenance, none",
    })
    void tellsTheProvenanceFirst(String rest, String shown) {
        ComparedRecord found = content(new float[] {2}, rest);
        ComparedRecord expected = content(VECTOR, "flink-mydropout/*?format=1&seed=7");

        assertThat(found.against(expected))
                .isEqualTo(
                        "must have the provenance flink-mydropout/*?format=1&seed=7, but has "
                                + shown);
        assertThat(content(new float[] {2}, "flink-mydropout/*?format=1&seed=7").against(expected))
                .startsWith("must have 1.0 (3f800000) at index 0");
        assertThat(found.against(content(VECTOR, "r"))).startsWith("must have 1.0 (3f800000)");
    }

    /** A text of 1,000 characters is shown in full. */
    @ParameterizedTest
    @CsvSource({"999, ''", "1000, ' from character 1000 on'"})
    void showsAShortTextWhole(int same, String place) {
        String text = "x".repeat(same);

        assertThat(content(VECTOR, text + "a").against(content(VECTOR, text + "b")))
                .isEqualTo(
                        "must have the other fields%s %s, but has %s"
                                .formatted(
                                        place,
                                        place.isEmpty() ? text + "b" : "b",
                                        place.isEmpty() ? text + "a" : "a"));
    }

    @Test
    void showsALongTextFromItsFirstDifferenceOn() {
        String same = "x".repeat(2_000);

        assertThat(content(VECTOR, same + "is").against(content(VECTOR, same + "should")))
                .isEqualTo("must have the other fields from character 2000 on should, but has is");
        assertThat(content(VECTOR, "y" + same).against(content(VECTOR, same)))
                .hasSizeLessThan(2_100)
                .contains("xxx…, but has yxx");
    }
}
