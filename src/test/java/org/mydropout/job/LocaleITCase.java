package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command in a process whose locale has no letter é, as in many containers. */
class LocaleITCase {

    @TempDir private Path directory;

    @Test
    @Timeout(150)
    void refusesPathsThatTheJvmCannotEncode() throws Exception {
        Path job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                """
                execution.runtime-mode: BATCH
                source: {connector: filesystem, path: %1$s/é.jsonl, format: json}
                sink: {connector: filesystem, path: %1$s/été}
                dropout: {rate: 0, seed: 42}
                """
                        .formatted(directory));
        Path log = directory.resolve("log");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.level=OFF",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        job.toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readAllLines(log))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("  - source.path must be a path that this JVM"))
                .anyMatch(line -> line.startsWith("  - sink.path must be a path that this JVM"))
                .filteredOn(line -> line.startsWith("  - "))
                .allMatch(line -> line.endsWith("LC_ALL=C.UTF-8 helps."));
        assertThat(process.exitValue()).isEqualTo(JobCommand.UNUSABLE);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("job.yaml", "log");
    }
}
