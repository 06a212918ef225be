package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;

/** Tests for {@link RuntimeModeCheck}. */
class RuntimeModeCheckTest {

    @TempDir private Path directory;
    private final Map<String, String> options = new HashMap<>();

    private void check() throws InvalidJobException {
        options.putAll(
                Map.of(
                        "dropout.rate", "0.1",
                        "dropout.seed", "42",
                        "source.format", "json",
                        "source.connector", "kafka",
                        "source.topic", "in",
                        "source.scan.startup.mode", "earliest-offset",
                        "source.properties.bootstrap.servers", "localhost:9092"));
        Configuration configuration = Configuration.fromMap(options);
        RuntimeModeCheck.check(
                StreamExecutionEnvironment.getExecutionEnvironment(configuration),
                JobConfigReader.read(configuration));
    }

    private List<String> problems() {
        return catchThrowableOfType(InvalidJobException.class, this::check).problems();
    }

    private void sinkToFiles() {
        options.put("sink.connector", "filesystem");
        options.put("sink.path", directory.resolve("out").toString());
    }

    private void sinkToTopic(String guarantee) {
        options.put("sink.connector", "kafka");
        options.put("sink.topic", "out");
        options.put("sink.properties.bootstrap.servers", "localhost:9092");
        options.put("sink.delivery-guarantee", guarantee);
        options.put("sink.transactional-id-prefix", "augment");
    }

    @Test
    void refusesAStreamWhoseLastCheckpointNeverComes() {
        sinkToFiles();
        options.put("execution.runtime-mode", "STREAMING");
        options.put("execution.checkpointing.interval", "1 s");
        options.put("execution.checkpointing.checkpoints-after-tasks-finish", "false");

        assertThat(problems()).singleElement().asString().contains("must be true, but is false");
    }

    @Test
    void refusesToReadATopicWithoutEndAsABatch() {
        sinkToFiles();
        options.put("execution.runtime-mode", "BATCH");

        assertThat(problems())
                .containsExactly(
                        "execution.runtime-mode must be STREAMING where the source never ends, but"
                                + " is BATCH; source.scan.bounded.mode: latest-offset makes it end.");

        options.put("source.scan.bounded.mode", "latest-offset");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"STREAMING", "AUTOMATIC"})
    void needsCheckpointsToFinishTheFilesOfAStream(String mode) {
        sinkToFiles();
        options.put("execution.runtime-mode", mode);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("execution.checkpointing.interval must be set");

        options.put("execution.checkpointing.interval", "10 s");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"exactly-once, 1", "at-least-once, 1", "none, 0"})
    void needsCheckpointsForWhatIsPromisedOfATopic(String guarantee, int problems)
            throws InvalidJobException {
        sinkToTopic(guarantee);

        if (problems == 0) {
            check();
        } else {
            assertThat(problems()).hasSize(problems);
        }
    }

    @Test
    void refusesCheckpointsThatTakeLongerThanATransaction() {
        sinkToTopic("exactly-once");
        options.put("execution.checkpointing.interval", "10 min");
        options.put("sink.properties.transaction.timeout.ms", "600000");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith(
                        "execution.checkpointing.interval must be shorter than"
                                + " sink.properties.transaction.timeout.ms");

        options.put("sink.properties.transaction.timeout.ms", "700000");
        assertThatCode(this::check).doesNotThrowAnyException();
    }
}
