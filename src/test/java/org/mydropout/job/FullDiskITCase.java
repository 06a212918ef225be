package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job in a process whose files the system holds to 24 MiB each: a write fails midway, as on a
 * disk that is full, and for root, too. The largest file that Flink itself writes is one of 22 MB.
 */
class FullDiskITCase {

    @TempDir private Path directory;

    @Test
    @Timeout(300) // a restart would come after a day
    void failsAtOnceAndSaysWhereAndWhatIsLeft() throws Exception {
        Path in = directory.resolve("in.jsonl");
        Path out = directory.resolve("out");
        Path log = directory.resolve("log");
        Files.write(
                in,
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        "{\"id\":%d,\"step\":0,\"features\":[%s1]}"
                                                .formatted(i, "1,".repeat(1_000_000)))
                        .toList());
        List<String> command =
                List.of(
                        "bash",
                        "-c",
                        "ulimit -f 24576 && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.level=OFF",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        Files.writeString(
                                        directory.resolve("job.yaml"),
                                        """
                                        execution.runtime-mode: BATCH
                                        parallelism.default: 1
                                        restart-strategy.type: fixed-delay
                                        restart-strategy.fixed-delay.delay: 1d
                                        source: {connector: filesystem, path: %s, format: json}
                                        sink: {connector: filesystem, path: %s}
                                        dropout: {rate: 0, seed: 42}
                                        """
                                                .formatted(in, out))
                                .toString());

        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(log)
                .content()
                .isEqualTo(
                        """
                        The job failed: No more can be written into %1$s: File too large.
                        %1$s holds 0 finished and 1 unfinished files, whose names begin with '.'; sink.overwrite: true lets the next run replace them.
                        """
                                .formatted(out));
        assertThat(process.exitValue()).isEqualTo(JobCommand.FAILED);
    }
}
