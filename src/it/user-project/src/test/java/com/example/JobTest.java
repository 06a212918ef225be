package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for the jar for "flink run", as a program with this Flink on its class path. */
class JobTest {

    private static final String JOB_JAR = System.getProperty("job.jar");
    private static final List<String> OPENED = List.of("java.lang", "java.util", "java.time");

    @TempDir private Path directory;

    private record Ended(int status, String output) {}

    @Test
    @DisplayName("Job file, from files to files")
    void runsAJobFile() throws Exception {
        Path input = directory.resolve("input.jsonl");
        Files.write(
                input,
                Flax.input().stream()
                        .map(
                                r ->
                                        "{\"id\":%d,\"step\":%d,\"features\":%s}"
                                                .formatted(
                                                        r.sensor(), r.epoch(), text(r.features())))
                        .toList());
        Path job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                """
                execution.checkpointing.interval: 10 s
                source: {connector: filesystem, path: %s, format: json}
                sink: {connector: filesystem, path: %s}
                dropout: {rate: %s, seed: %d}
                """
                        .formatted(input, directory.resolve("output"), Flax.RATE, Flax.SEED));

        Ended ended = run(job);

        assertThat(ended.output()).contains("records out").containsPattern("records in +12 ");
        assertThat(lines(directory.resolve("output")))
                .containsExactlyInAnyOrderElementsOf(
                        Flax.output().stream()
                                .map(
                                        r ->
                                                "{\"id\":%d,\"step\":%d,\"features\":%s}"
                                                        .formatted(
                                                                r.sensor(),
                                                                r.epoch(),
                                                                text(r.features())))
                                .toList());
    }

    @Test
    @DisplayName("SQL script")
    void runsASqlScript() throws Exception {
        Path output = directory.resolve("sql-output");
        Path script = directory.resolve("script.sql");
        Files.writeString(
                script,
                """
                SET 'execution.runtime-mode' = 'batch';
                LOAD MODULE mydropout;
                CREATE TABLE augmented (features ARRAY<FLOAT>) WITH (
                  'connector' = 'filesystem', 'path' = '%s', 'format' = 'json');
                INSERT INTO augmented SELECT MYDROPOUT(
                  CAST(ARRAY[%s] AS ARRAY<FLOAT>), %s, %d, 0, 1) FROM (VALUES 1);
                """
                        .formatted(
                                output.toUri(),
                                text(Flax.vector()).replaceAll("[\\[\\]]", ""),
                                Flax.RATE,
                                Flax.SEED));

        Ended ended = run(script);

        assertThat(ended.output()).contains(" is done, in ");
        assertThat(lines(output))
                .containsExactly("{\"features\":" + text(Flax.output().get(1).features()) + "}");
    }

    private static String text(float[] values) {
        return Arrays.toString(values).replace(" ", "");
    }

    private static List<String> lines(Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(
                            file -> {
                                try {
                                    return Files.readAllLines(file).stream();
                                } catch (IOException e) {
                                    throw new AssertionError(e);
                                }
                            })
                    .toList();
        }
    }

    /** Ends the test if the program says that this Flink is too old. */
    private Ended run(Path job) throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        List<String> command =
                Stream.of(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString()),
                                OPENED.stream()
                                        .map(p -> "--add-opens=java.base/" + p + "=ALL-UNNAMED"),
                                Stream.of("-cp", classPath(), "org.mydropout.job.Main", "run"),
                                Stream.of(job.toString()))
                        .flatMap(words -> words)
                        .collect(Collectors.toList());
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(15, TimeUnit.MINUTES)).as("the job has ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        Ended ended = new Ended(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        if (ended.status() == 2 && Refusal.isIn(ended.output())) {
            Refusal.report(ended.output());
        }
        assertThat(ended.status()).as(ended.output()).isZero();
        return ended;
    }

    /** The Flink of this project and the job's jar, without the artifact "operator". */
    private static String classPath() {
        String flink =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(jar -> jar.endsWith(".jar") && !jar.contains("flink-mydropout"))
                        .collect(Collectors.joining(File.pathSeparator));
        return flink + File.pathSeparator + JOB_JAR;
    }
}
