package org.mydropout.job.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.flink.FeatureVector;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.LineTemplate;
import org.mydropout.job.text.MessageMetadata;
import org.mydropout.job.text.TextRecord;
import org.mydropout.job.text.VectorNotation;

/** Tests for {@link RecordCountFunction} and {@link ComparedRecord#of}. */
class RecordCountFunctionTest {

    /** The output of a function for one record with timestamp 5. */
    @SuppressWarnings("try") // closing the operator may be interrupted
    private static List<RecordCount> counts(RecordCountFunction function, TextRecord record)
            throws Exception {
        try (OneInputStreamOperatorTestHarness<TextRecord, RecordCount> harness =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function))) {
            harness.open();
            harness.processElement(record, 5);
            return harness.extractOutputValues();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true",
        "false, true, true",
        "true, false, false",
        "false, true, false",
        "false, false, true"
    })
    void countsARecordOnItsSide(boolean expected, boolean messages, boolean timestamps)
            throws Exception {
        TextRecord record = record("{\"step\":,\"features\":}", null);

        assertThat(
                        counts(
                                new RecordCountFunction(
                                        ElementType.FLOAT32, expected, false, messages, timestamps),
                                record))
                .singleElement()
                .satisfies(
                        count -> {
                            assertThat(count.expected()).isEqualTo(expected ? 1 : 0);
                            assertThat(count.found()).isEqualTo(expected ? 0 : 1);
                            ComparedRecord content = count.content();
                            assertThat(count.digest()).isEqualTo(content.digest());
                            assertThat(content.id()).isEqualTo("4294967295");
                            assertThat(content.step()).isEqualTo("18446744073709551615");
                            assertThat(content.bits()).isEqualTo(ComparedRecordTest.bits(1, 2));
                            // The vector is removed, and the step is filled in.
                            assertThat(content.rest())
                                    .asString(UTF_8)
                                    .isEqualTo("{\"step\":18446744073709551615,\"features\":}");
                            assertThat(content.envelope() != null).isEqualTo(messages);
                            assertThat(content.timestamp()).isEqualTo(timestamps ? 5L : null);
                        });
    }

    @ParameterizedTest
    @CsvSource({"true, *", "false, 0.1.0"})
    void comparesTheProvenanceOfAnyVersion(boolean provenance, String version) throws Exception {
        MessageMetadata envelope =
                new MessageMetadata("k".getBytes(UTF_8), new String[0], new byte[0][]);
        String made = "{\"step\":,\"provenance\":\"flink-mydropout/%s?format=1\"}";

        assertThat(
                        counts(
                                new RecordCountFunction(
                                        ElementType.FLOAT32, true, provenance, true, false),
                                record(made.formatted("0.1.0"), envelope)))
                .singleElement()
                .satisfies(
                        count -> {
                            assertThat(count.content().rest())
                                    .asString(UTF_8)
                                    .isEqualTo(
                                            made.formatted(version)
                                                    .replace(":,", ":18446744073709551615,"));
                            assertThat(count.content().envelope())
                                    .usingRecursiveComparison()
                                    .isEqualTo(envelope);
                        });
    }

    /** A record whose line has the step after the first colon and the vector at the end. */
    private static TextRecord record(String line, MessageMetadata envelope) {
        return new TextRecord(
                new FeatureVector(4294967295L, -1, new float[] {1, 2}),
                null,
                null,
                VectorNotation.ARRAY,
                null,
                false,
                new LineTemplate(
                        line.getBytes(UTF_8),
                        line.length() - 1,
                        line.indexOf(':') + 1,
                        line.length()),
                new byte[0],
                null,
                envelope);
    }
}
