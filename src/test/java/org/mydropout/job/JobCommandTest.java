package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.config.FlinkOptions;
import org.mydropout.job.config.InvalidJobException;

/** Tests for {@link JobCommand}. */
class JobCommandTest {

    @TempDir private Path directory;

    /**
     * Runs as with {@code flink run -Ddropout.rate=… JAR COMMAND JOB} on a cluster with secrets.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "run | job.yaml | pipeline.name: x | dropout.rate must be a number from 0 to 1, the probability of a drop, but is '******'.",
                "verify | job.yaml | pipeline.name: x | dropout.rate must be a number from 0 to 1, the probability of a drop, but is '******'.",
                "run | job.sql | SELECT hunter2; | Column '******' not found"
            })
    void obeysFlinksClientAndHidesItsSecrets(
            String command, String name, String text, String problem) throws IOException {
        Path job = Files.writeString(directory.resolve(name), text);
        StreamContextEnvironment.setAsContext(
                new DefaultExecutorServiceLoader(),
                Configuration.fromMap(
                        Map.of("dropout.rate", "hunter2", "s3.secret-key", "hunter2")),
                JobCommandTest.class.getClassLoader(),
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                true,
                null,
                null,
                List.of());
        try {
            Outcome outcome = JobRunner.run(command, job.toString());

            assertThat(outcome.err()).contains(problem).doesNotContain("hunter2");
            assertThat(outcome.status()).isEqualTo(2);
        } finally {
            StreamContextEnvironment.unsetAsContext();
        }
    }

    @Test
    void givesFlinkNoPropertyOfAKafkaClient() throws InvalidJobException {
        Configuration configuration =
                Configuration.fromMap(
                        Map.of(
                                "parallelism.default", "3",
                                "source.topic", "in",
                                "source.properties.any.plugin.option", "hunter1",
                                "sink.properties.sasl.jaas.config", "hunter2",
                                "dead-letter.properties.ssl.key.password", "hunter3"));

        Map<String, String> flink =
                FlinkOptions.environment(configuration).getConfiguration().toMap();

        assertThat(flink).containsEntry("parallelism.default", "3").containsKey("source.topic");
        assertThat(flink.values()).noneMatch(value -> value.contains("hunter"));
    }
}
