package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.annotation.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link IdSource}: ids that records have not, given and written. */
class IdSourceTest {

    private static RecordSchema schema(IdSource from, StepField step, String provenance) {
        return new RecordSchema(
                "key",
                from,
                IdType.STRING,
                "step",
                StepType.UINT32,
                step,
                "features",
                FeaturesEncoding.ARRAY,
                ElementType.FLOAT32,
                null,
                provenance,
                null,
                List.of(),
                "rng");
    }

    private static SourceRecord line(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new SourceRecord(
                bytes, bytes.length, bytes.length + 1, "/data/a/é.csv", 9, "a/é.csv", 7, null);
    }

    private static TextRecord decode(RecordSchema schema, @Nullable String header, String text)
            throws RefusedLineException {
        CsvHeader columns =
                header == null ? null : CsvHeader.of(header.getBytes(UTF_8), CsvDialect.DEFAULT);
        return RecordDecoder.of(schema, columns).decode(line(text));
    }

    private static String encode(TextRecord record) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new TextRecordEncoder(FeaturesEncoding.ARRAY).encode(record, out);
        return out.toString(UTF_8);
    }

    /** The hash is that of {@code printf '{"features":[1]}' | sha256sum | cut -c-32}. */
    @ParameterizedTest
    @CsvSource({"POSITION, a/é.csv:7", "HASH, 1a51cf94c91ad6a865a8f06060b574fc"})
    void givesJsonAnIdAndWritesIt(IdSource from, String id) throws Exception {
        String text = "{\"features\":[1]}";

        TextRecord record = decode(schema(from, StepField.SET, "P"), null, text);

        assertThat(record.name()).isEqualTo(id);
        assertThat(encode(record))
                .isEqualTo(
                        "{\"features\":[1.0],\"step\":0,\"key\":\"%s\",\"provenance\":\"P\"}"
                                .formatted(id));
    }

    /** The hash is that of {@code printf 'x,1' | sha256sum | cut -c-32}. */
    @ParameterizedTest
    @CsvSource({"POSITION, a/é.csv:7", "HASH, 30bf71037c809c8490336c84e4fc4fb9"})
    void givesARowAnIdAndWritesIt(IdSource from, String id) throws Exception {
        TextRecord record = decode(schema(from, StepField.SET, "P"), "label,features", "x,1");

        assertThat(record.name()).isEqualTo(id);
        assertThat(encode(record)).isEqualTo("x,1.0,0," + id + ",P");
    }

    @Test
    void readsWhatItHasWritten() throws Exception {
        RecordSchema schema = schema(IdSource.POSITION, StepField.SET, null);
        String written = encode(decode(schema, null, "{\"features\":[1],\"n\":1e400}"));

        TextRecord read = decode(schema.ofOutput(), null, written);

        assertThat(read.name()).isEqualTo("a/é.csv:7");
        assertThat(encode(read)).isEqualTo(written);
    }

    @Test
    void namesAMessageByItsOffset() throws Exception {
        byte[] value = "{\"features\":[1]}".getBytes(UTF_8);
        SourceRecord message =
                new SourceRecord(
                        value,
                        value.length,
                        "orders-3",
                        42,
                        new MessageMetadata(null, new String[0], new byte[0][]));

        TextRecord record =
                RecordDecoder.of(schema(IdSource.POSITION, StepField.SET, null), null)
                        .decode(message);

        assertThat(record.name()).isEqualTo("orders-3:42");
    }

    @Test
    void refusesALineThatHasTheFieldThatIsAdded() {
        assertThatThrownBy(
                        () ->
                                decode(
                                        schema(IdSource.HASH, StepField.SET, null),
                                        null,
                                        "{\"key\":null,\"features\":[1]}"))
                .isInstanceOf(RefusedLineException.class)
                .hasMessage(
                        "The line must not have the field 'key', in which the job writes the id,"
                                + " but has; source.fields.id names another.");
    }

    @Test
    void namesTheOptionThatHelpsWhereThereIsNone() {
        assertThatThrownBy(
                        () ->
                                decode(
                                        schema(IdSource.FIELD, StepField.SET, null),
                                        null,
                                        "{\"features\":[1]}"))
                .hasMessage(
                        "The line must have the field 'key', but has not; source.id-from: position"
                                + " takes its place for one, and hash its bytes.");
    }
}
