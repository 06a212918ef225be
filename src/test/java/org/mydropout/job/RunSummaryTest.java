package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;

/** Tests for {@link RunSummary}. */
class RunSummaryTest {

    @TempDir private Path directory;

    private String summary(Map<String, Object> counts) throws IOException, InvalidJobException {
        Path in = Files.write(directory.resolve("in.jsonl"), new byte[1000]);
        JobConfig config =
                JobConfigReader.readOptions(
                        Configuration.fromMap(
                                Map.of(
                                        "source.connector", "filesystem",
                                        "source.path", in.toString(),
                                        "source.format", "json",
                                        "sink.connector", "filesystem",
                                        "sink.path", directory.resolve("out").toString(),
                                        "dropout.rate", "0.1",
                                        "dropout.seed", "42")));
        return new RunSummary(config, counts, 1).text().replaceAll(" +", " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000 | 1,000 all that are there",
                "300 | 300 and 700 more, of files without records or since the job read them",
                "1100 | 1,100 and 100 fewer are there now: the source was changed meanwhile"
            })
    void comparesTheBytesReadWithThoseThatAreThere(long read, String expected) throws Exception {
        assertThat(summary(Map.of("BYTES_IN", read, "FIRST_ATTEMPTS", 1L)))
                .contains("\nbytes in " + expected + "\n");
    }

    @Test
    void countsNothingThroughARestart() throws Exception {
        assertThat(summary(Map.of("BYTES_IN", 5L)))
                .startsWith("The job was restarted after a failure")
                .doesNotContain("bytes in");
    }
}
