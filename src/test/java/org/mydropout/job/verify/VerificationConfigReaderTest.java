package org.mydropout.job.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.KeyReuse;
import org.mydropout.job.config.InvalidJobException;

/** Tests for {@link VerificationConfigReader} with outputs in files. */
class VerificationConfigReaderTest {

    private static final String MADE = "flink-mydropout/0.0.9?format=1&rate=0.25&seed=7";

    private static final String SAMPLED =
            "flink-mydropout/0.1.0?format=2&layers=%5B%7Btype%3A+categorical%7D%5D&seed=7";

    private static final String RECORD = "{\"id\":1,\"step\":0,\"features\":[1.0]%s}";

    @TempDir private Path directory;
    private final Map<String, String> options = new HashMap<>();

    @BeforeEach
    void setUp() throws IOException {
        Files.writeString(directory.resolve("in.jsonl"), RECORD.formatted("") + "\n");
        Files.createDirectory(directory.resolve("out"));
        options.putAll(
                Map.of(
                        "execution.runtime-mode", "BATCH",
                        "dropout.rate", "0.5",
                        "dropout.seed", "42",
                        "source.connector", "filesystem",
                        "source.path", directory.resolve("in.jsonl").toString(),
                        "source.format", "json",
                        "sink.connector", "filesystem",
                        "sink.path", directory.resolve("out").toString()));
    }

    private void output(String... lines) throws IOException {
        Files.writeString(directory.resolve("out/part-0"), String.join("\n", lines) + "\n");
    }

    private static String madeWith(String provenance) {
        return RECORD.formatted(",\"provenance\":\"" + provenance + "\"");
    }

    private VerificationConfig read() throws InvalidJobException, InterruptedException {
        return VerificationConfigReader.read(Configuration.fromMap(options));
    }

    private InvalidJobException refusal() {
        return catchThrowableOfType(InvalidJobException.class, this::read);
    }

    @Test
    void takesTheOptionsOfTheJob() throws Exception {
        output(madeWith(MADE));

        VerificationConfig config = read();

        assertThat(config.job().dropout().rate()).isEqualTo(0.5);
        assertThat(config.job().dropout().seed()).isEqualTo(42);
        assertThat(config.job().schema().provenance()).isNull();
        assertThat(config.keepsTimestamps()).isFalse();
    }

    @Test
    void takesTheOptionsOfTheFirstProvenanceThatCanBeRead() throws Exception {
        options.put("sink.provenance", "true");
        output("{", RECORD.formatted(""), madeWith("lost"), madeWith(MADE), madeWith(MADE + "0"));

        VerificationConfig config = read();

        assertThat(config.job().dropout().rate()).isEqualTo(0.25);
        assertThat(config.job().dropout().seed()).isEqualTo(7);
        assertThat(config.job().schema().provenance()).isEqualTo(MADE);
        assertThat(config.keepsTimestamps()).isFalse();
    }

    @Test
    void takesTheProvenanceOfACsvFile() throws Exception {
        options.put("sink.provenance", "true");
        options.put("source.format", "csv");
        options.put("source.path", directory.resolve("in.csv").toString());
        Files.writeString(directory.resolve("in.csv"), "id,step,features\n1,0,1.0\n");
        output("id,step,features,provenance", "1,0,1.0," + MADE);

        VerificationConfig config = read();

        assertThat(config.job().dropout().seed()).isEqualTo(7);
        assertThat(config.job().schema().provenance()).isEqualTo(MADE);
    }

    /** Whatever columns the layers of the job file would add. */
    @ParameterizedTest
    @ValueSource(strings = {"[{type: permute}]", "[]"})
    void takesTheProvenanceOfACsvFileWrittenWithOtherLayers(String layers) throws Exception {
        options.keySet().removeIf(key -> key.startsWith("dropout."));
        options.put("layers", layers);
        options.put("rng.seed", "42");
        options.put("sink.provenance", "true");
        options.put("source.format", "csv");
        options.put("source.path", directory.resolve("in.csv").toString());
        Files.writeString(directory.resolve("in.csv"), "id,step,features\n1,0,1.0\n");
        output("id,step,features,index,log_probability,provenance", "1,0,,0,0.0," + SAMPLED);

        VerificationConfig config = read();

        assertThat(config.job().dropout().seed()).isEqualTo(7);
        assertThat(config.job().schema().provenance()).isEqualTo(SAMPLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lost", "flink-mydropout/0.1.0?rate=0.25&format=1"})
    void takesTheOptionsOfTheJobWhereNoProvenanceCanBeRead(String provenance) throws Exception {
        options.put("sink.provenance", "true");
        output(provenance.isEmpty() ? "" : madeWith(provenance));

        VerificationConfig config = read();

        assertThat(config.job().dropout().seed()).isEqualTo(42);
        assertThat(config.job().schema().provenance()).contains("seed=42");
    }

    @Test
    void refusesAProvenanceOfAnotherFormat() throws Exception {
        options.put("sink.provenance", "true");
        output(madeWith(MADE.replace("format=1", "format=3")));

        assertThat(refusal().problems())
                .singleElement()
                .asString()
                .contains("The provenance of a record must have the format 1 or 2", "format=3");
    }

    @Test
    void refusesAnOutputThatCannotBeRead() throws Exception {
        byte[] gzip = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1};
        Files.write(directory.resolve("out/part-0.gz"), gzip);

        assertThat(refusal().problems())
                .singleElement()
                .asString()
                .startsWith("The output, %s, cannot be read: ".formatted(directory.resolve("out")))
                .contains("part-0.gz");
    }

    /** Records that the guard refused are not in the output, and no idle id starts again. */
    @Test
    void leavesOutTheGuardOfKeys() throws Exception {
        options.put("dropout.key-reuse", "fail");
        options.put("dropout.step-ttl", "1 d");
        output(madeWith(MADE));

        DropoutConfig config = read().job().dropout();

        assertThat(config.keyReuse()).isEqualTo(KeyReuse.ALLOW);
        assertThat(config.stepTtl()).isEmpty();
    }

    @Test
    void refusesWhatTheJobsReaderRefuses() {
        options.put("dropout.step-from", "counter");
        options.put("dropout.rate", "2");

        assertThat(refusal().problems())
                .anyMatch(problem -> problem.startsWith("dropout.rate must "))
                .anyMatch(problem -> problem.startsWith("dropout.step-from must not be counter"))
                .hasSize(2);
    }
}
