package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.flink.OptionReader;

/** Tests for {@link RecoveryOptions}. */
class RecoveryOptionsTest {

    @TempDir private Path directory;

    private static List<String> problems(Map<String, String> options) {
        OptionReader reader = new OptionReader(Configuration.fromMap(options));
        new RecoveryOptions(reader).check();
        return reader.problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "restart-strategy.type | no-such | one of disable, fixed-delay, failure-rate, exponential-delay, but is 'no-such'.",
                "state.backend.type | no-such | hashmap, rocksdb or the class of another state backend's factory, but is 'no-such'.",
                "execution.checkpointing.storage | no-such | jobmanager, filesystem or the class of another storage's factory, but is 'no-such'.",
                "execution.checkpointing.dir | target/chk | a URI with a scheme, file:///mnt/checkpoints for example, but is 'target/chk'.",
                "execution.checkpointing.dir | /data/chk | a URI with a scheme, file:///mnt/checkpoints for example, but is '/data/chk'.",
                "execution.checkpointing.savepoint-dir | chk | a URI with a scheme, file:///mnt/checkpoints for example, but is 'chk'.",
                "execution.checkpointing.dir | file:///dev/null/chk | a directory that can be written to, but is file:/dev/null/chk, and file:/dev/null is a file.",
                "execution.state-recovery.path | /no/such | the directory of a savepoint or checkpoint, with its file _metadata, but is /no/such, which does not exist."
            })
    void refusesWhatFlinkWouldOnlyReadLater(String option, String value, String rule) {
        assertThat(problems(Map.of(option, value))).containsExactly(option + " must be " + rule);
    }

    /** Root may write where permission bits say no, but nobody may write there. */
    @Test
    void triesTheDirectoryOfCheckpoints() {
        assertThat(problems(Map.of("execution.checkpointing.dir", "file:///proc/checkpoints")))
                .singleElement()
                .asString()
                .startsWith(
                        "execution.checkpointing.dir must be a directory that can be written to, but is file:/proc/checkpoints, and no file can be made in file:/proc (");
    }

    @Test
    void needsTheMetadataOfASavepoint() throws IOException {
        Map<String, String> options =
                Map.of("execution.state-recovery.path", directory.toUri().toString());
        assertThat(problems(options)).singleElement().asString().contains("holds no _metadata");

        Files.createFile(directory.resolve("_metadata"));
        assertThat(problems(options)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "restart-strategy.type, off",
        "restart-strategy.type, Fixed-Delay",
        "state.backend.type, rocksdb",
        "execution.checkpointing.storage, jobmanager"
    })
    void takesWhatFlinkTakes(String option, String value) {
        assertThat(problems(Map.of(option, value))).isEmpty();
    }

    @Test
    void leavesNothingInADirectoryThatItTries() {
        String checkpoints = directory.resolve("new").toUri().toString();

        assertThat(problems(Map.of("execution.checkpointing.dir", checkpoints))).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }
}
