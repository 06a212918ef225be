package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.connector.RunMode;

/** Tests for {@link FlinkOptions}. */
class FlinkOptionsTest {

    @TempDir private Path directory;
    private final Map<String, String> options = new HashMap<>();
    private OptionReader reader;

    /** From an endless topic to files, for which checkpoints are needed. */
    private RunMode runMode() {
        Map.of(
                        "source.format", "json",
                        "source.connector", "kafka",
                        "source.topic", "in",
                        "source.scan.startup.mode", "earliest-offset",
                        "source.properties.bootstrap.servers", "localhost:9092",
                        "sink.connector", "filesystem")
                .forEach(options::putIfAbsent);
        if (options.get("sink.connector").equals("filesystem")) {
            options.put("sink.path", directory.resolve("out").toString());
        }
        reader = new OptionReader(Configuration.fromMap(options));
        return new FlinkOptions(reader).runMode(new PlacesReader(reader).places());
    }

    private List<String> problems() {
        Configuration configuration = FlinkOptions.defaults();
        configuration.addAll(Configuration.fromMap(options));
        OptionReader all = new OptionReader(configuration);
        new FlinkOptions(all).check();
        return all.problems();
    }

    @Test
    void refusesAStreamWhoseLastCheckpointNeverComes() {
        options.put("execution.checkpointing.interval", "1 s");
        options.put("execution.checkpointing.checkpoints-after-tasks-finish", "false");
        runMode();

        assertThat(reader.problems())
                .containsExactly(
                        "execution.checkpointing.checkpoints-after-tasks-finish must be true, since"
                                + " the last output is final at a checkpoint after its source has"
                                + " ended, but is false.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STREAMING", "AUTOMATIC"})
    void needsCheckpointsToFinishTheFilesOfAStream(String mode) {
        options.put("execution.runtime-mode", mode);
        assertThat(runMode().streaming()).isTrue();
        assertThat(reader.problems())
                .singleElement()
                .asString()
                .startsWith("execution.checkpointing.interval must be set")
                .contains(mode);

        options.put("execution.checkpointing.interval", "10 s");
        assertThat(runMode().checkpointInterval()).contains(Duration.ofSeconds(10));
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void runsBoundedSourcesAsABatchWhereFlinkChooses() {
        options.put("execution.runtime-mode", "AUTOMATIC");
        options.put("source.scan.bounded.mode", "latest-offset");

        assertThat(runMode().streaming()).isFalse();
        assertThat(reader.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"exactly-once, 1", "at-least-once, 1", "none, 0"})
    void needsCheckpointsForWhatIsPromisedOfATopic(String guarantee, int problems) {
        options.putAll(
                Map.of(
                        "sink.connector", "kafka",
                        "sink.topic", "out",
                        "sink.properties.bootstrap.servers", "localhost:9092",
                        "sink.delivery-guarantee", guarantee,
                        "sink.transactional-id-prefix", "augment"));
        runMode();

        assertThat(reader.problems()).hasSize(problems);
    }

    @Test
    void tellsEveryOptionThatFlinkRefuses() {
        options.put("execution.checkpointing.interval", "soon");
        options.put("execution.checkpointing.timeout", "1 ms");
        options.put("pipeline.object-reuse", "perhaps");
        options.put("parallelism.default", "300");
        options.put("pipeline.name", "augment");

        assertThat(problems())
                .satisfiesExactly(
                        problem ->
                                assertThat(problem)
                                        .startsWith(
                                                "execution.checkpointing.interval must be a value that Flink accepts, but is 'soon'."),
                        problem ->
                                assertThat(problem)
                                        .startsWith(
                                                "execution.checkpointing.timeout must be a value that Flink accepts, but is '1 ms': "),
                        problem ->
                                assertThat(problem)
                                        .startsWith(
                                                "pipeline.object-reuse must be a value that Flink accepts, but is 'perhaps'."),
                        problem ->
                                assertThat(problem)
                                        .startsWith("parallelism.default must be at most"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 86, 128})
    void takesTheSameMaxParallelismAtEveryParallelism(int parallelism) throws InvalidJobException {
        Configuration configuration = FlinkOptions.defaults();
        configuration.setString("parallelism.default", Integer.toString(parallelism));

        assertThat(FlinkOptions.environment(configuration).getMaxParallelism()).isEqualTo(128);
    }

    @Test
    void obeysAConfigurationThatNamesAnotherMaxParallelism() {
        options.put("pipeline.max-parallelism", "4096");
        options.put("parallelism.default", "129");

        assertThat(problems()).isEmpty();
    }

    @Test
    void hasTheDefaultsOfTheConfigurationFile() {
        Configuration file = GlobalConfiguration.loadConfiguration("conf");

        FlinkOptions.defaults()
                .toMap()
                .forEach((key, value) -> assertThat(file.toMap()).containsEntry(key, value));
        assertThat(file.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(128);
        assertThat(file.get(PipelineOptions.OBJECT_REUSE)).isTrue();
    }

    @Test
    void refusesAParallelismOverTheMaximum() {
        options.put("parallelism.default", "129");

        assertThat(problems())
                .containsExactly(
                        "parallelism.default must be at most pipeline.max-parallelism, which is 128,"
                                + " but is 129; no savepoint can be restored under another"
                                + " pipeline.max-parallelism.");
    }
}
