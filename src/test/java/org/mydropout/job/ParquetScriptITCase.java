package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for {@code jobs/parquet.sql}; with {@code mvn -Pparquet verify}. */
@Tag("parquet")
class ParquetScriptITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path directory;

    private Outcome run(String script) throws IOException {
        Path file = directory.resolve("job.sql");
        Files.writeString(file, script);
        return JobRunner.run("run", file.toString());
    }

    @Test
    void givesTheLinesThatJsonGives() throws IOException {
        String parquet =
                Files.readString(Path.of("jobs", "parquet.sql"))
                        .replace("target/parquet", directory.resolve("parquet").toString());
        String json =
                Files.readString(Path.of("jobs", "augment.sql"))
                        .replace("target/augmented-sql", directory.resolve("json").toString());
        String back =
                parquet
                        + "CREATE TEMPORARY TABLE back WITH ('format' = 'json', 'path' = '"
                        + directory.resolve("back")
                        + "') LIKE images (OVERWRITING OPTIONS);\n"
                        + "INSERT INTO back SELECT * FROM augmented;\n";

        Outcome outcome = run(back);

        assertThat(outcome.err()).isEmpty();
        assertThat(run(json).status()).isZero();
        List<String> lines = JobRunner.lines(directory.resolve("back"));
        assertThat(lines).hasSize(1000).isEqualTo(JobRunner.lines(directory.resolve("json")));
    }
}
