package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.flink.DropoutOptions;

/** Tests for {@link JobFile}. The layer below is this project's {@code conf/config.yaml}. */
class JobFileTest {

    @TempDir private Path directory;

    private Configuration read(String yaml, Map<String, String> overrides) throws Exception {
        Path file = Files.writeString(directory.resolve("job.yaml"), yaml);
        return JobFile.read(file.toFile(), overrides);
    }

    private String problem(String yaml) {
        return catchThrowableOfType(InvalidJobException.class, () -> read(yaml, Map.of()))
                .problems()
                .get(0);
    }

    @Test
    void laysCommandLineOverJobFileOverConfiguration() throws Exception {
        Configuration configuration =
                read(
                        "dropout: {rate: 0.1, seed: 1}\npipeline.max-parallelism: 64\n",
                        Map.of("dropout.seed", "2"));

        assertThat(configuration.get(DropoutOptions.RATE)).isEqualTo(0.1);
        assertThat(configuration.get(DropoutOptions.SEED)).isEqualTo(2);
        assertThat(configuration.toMap())
                .containsEntry("pipeline.max-parallelism", "64")
                .containsEntry("pipeline.auto-generate-uids", "false");
    }

    @Test
    void readsListsAsFlinkDoes() throws Exception {
        assertThat(
                        read("dropout.module-path: [Block_0, MyDropout_0]", Map.of())
                                .get(DropoutOptions.MODULE_PATH))
                .containsExactly("Block_0", "MyDropout_0");
        assertThat(
                        read("dropout: {module-path: Block_0;MyDropout_0}", Map.of())
                                .get(DropoutOptions.MODULE_PATH))
                .containsExactly("Block_0", "MyDropout_0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: [1' | must be YAML, but cannot be read at line 1, column 6.",
                "'a: 1\na: 2' | must be YAML, but has the key 'a' in line 2 again.",
                "'a:\n  b:\n  \tc: 1' | must be YAML, but line 3 is indented by a tab; only spaces may indent it.",
                "'a: b: c' | must be YAML, but cannot be read at line 1, column 5.",
                "'a: !!float x' | must be YAML, but cannot be read as that.",
                "'- 1' | must be a mapping",
                "'just text' | must be a mapping",
                "'a: {b: }' | The key a.b",
                "'a: &a {b: *a}' | must have at most"
            })
    void refusesWhatIsNotConfiguration(String yaml, String sentence) {
        assertThat(problem(yaml)).contains(sentence).contains("job.yaml");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        InvalidJobException refusal =
                catchThrowableOfType(
                        InvalidJobException.class,
                        () -> JobFile.read(directory.resolve("no.yaml").toFile(), Map.of()));

        assertThat(refusal.problems()).singleElement().asString().contains("no.yaml");
    }

    @Test
    void readsAFileOfTheGreatestSize() throws Exception {
        assertThat(read(ofSize(131_072), Map.of()).toMap()).containsEntry("a", "b");
    }

    @Test
    void refusesAFileOfOneByteMore() {
        assertThat(problem(ofSize(131_073)))
                .isEqualTo(
                        "The file %s must have at most 131072 bytes, but has more."
                                .formatted(directory.resolve("job.yaml")));
    }

    private static String ofSize(int size) {
        return "a: b\n" + "#\n".repeat((size - 5) / 2) + "\n".repeat((size - 5) % 2);
    }

    /** For the file system, a file without an end has length 0. */
    @Test
    void refusesAFileWithoutAnEnd() {
        File zeros = new File("/dev/zero");
        assumeThat(zeros).exists();

        InvalidJobException refusal =
                catchThrowableOfType(
                        InvalidJobException.class, () -> JobFile.read(zeros, Map.of()));

        assertThat(zeros.length()).isZero();
        assertThat(refusal.problems())
                .containsExactly(
                        "The file /dev/zero must have at most 131072 bytes, but has more.");
    }

    @Test
    void refusesWhatIsNotUtf8() throws Exception {
        Path file = Files.write(directory.resolve("job.yaml"), new byte[] {'a', ':', ' ', -1});

        assertThat(
                        catchThrowableOfType(
                                        InvalidJobException.class,
                                        () -> JobFile.read(file.toFile(), Map.of()))
                                .problems())
                .containsExactly("The file %s must be UTF-8, but is not.".formatted(file));
    }

    @Test
    void readsAFileOfNothingButComments() throws Exception {
        assertThat(read("# nothing\n", Map.of("a", "b")).toMap()).containsEntry("a", "b");
    }

    @Test
    void refusesAliasesThatExplode() {
        StringBuilder yaml = new StringBuilder("a0: &a0 {x: 1, y: 2}\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a%d: &a%d {x: *a%d, y: *a%d}\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(problem(yaml.toString())).contains("job.yaml");
    }
}
