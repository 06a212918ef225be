package org.mydropout.job.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/** Tests for {@link PartOfFile}. */
class PartOfFileTest {

    @ParameterizedTest
    @CsvSource({
        "/data/out/b/part-0.jsonl, b",
        "/data/out/a/b/part-0.jsonl, a/b",
        "/data/out/part-0.jsonl, ''",
        "/data/b/part-0.jsonl, /data/b/",
        "s3://bucket/data/out/b/part-0.jsonl, b",
    })
    void isTheWholePathBelowTheDirectory(String origin, String part) throws Exception {
        byte[] text = "{\"id\":1,\"step\":2,\"features\":[]}".getBytes(UTF_8);
        SourceRecord line = new SourceRecord(text, text.length, origin, 1);
        RecordSchema schema =
                new RecordSchema(
                        "id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ,
                        "features",
                        FeaturesEncoding.ARRAY,
                        null,
                        null);
        TextRecord record = RecordDecoder.of(schema, null).decode(line);

        assertThat(new PartOfFile("/data/out/").select(record, line).part()).isEqualTo(part);
    }
}
