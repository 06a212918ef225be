package org.mydropout.cluster;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mydropout.flink.DropoutMapFunction;

/** Tests for jobs that are stopped with a savepoint and go on from it at another parallelism. */
class SavepointITCase {

    @RegisterExtension private static final FlinkCluster CLUSTER = new FlinkCluster();

    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");
    private static final Pattern LINE =
            Pattern.compile("\\{\"line\":(\\d+),\"id\":(\\d+),\"step\":(\\d+),.*");

    /** What a test looks at in a line of output. */
    private record Counted(int line, int id, int step) {
        static Counted of(String line) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            return new Counted(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
        }
    }

    @Test
    void countsGoOnForEveryIdAtAnyParallelism() throws Exception {
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "counter", true);
        String file = job.file("dropout.step-from: counter");

        String atTwo = runUntilStopped(job, List.of(), List.of(file));
        assertNoStateWentThroughKryo(Path.of(URI.create(atTwo)));
        String atFour =
                runUntilStopped(
                        job,
                        List.of("--fromSavepoint", atTwo),
                        List.of(file, "-Dparallelism.default=4"));
        job.release();
        JavaProcess atOne =
                CLUSTER.run(
                        List.of("--fromSavepoint", atFour),
                        List.of(file, "-Dparallelism.default=1"));

        assertThat(atOne.exitStatus(DEADLINE)).as(atOne.output()).isZero();
        assertThat(job.unfinishedFiles()).isEmpty();
        List<String> output = job.sortedOutput();
        List<Counted> counted = output.stream().map(Counted::of).toList();
        assertThat(counted)
                .extracting(Counted::line)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, AugmentJob.LINES).boxed().toList());
        Map<Integer, List<Integer>> steps =
                counted.stream().collect(groupingBy(Counted::id, mapping(Counted::step, toList())));
        assertThat(steps).hasSize(AugmentJob.IDS);
        assertThat(steps.values())
                .allSatisfy(
                        ofOneId ->
                                assertThat(ofOneId)
                                        .containsExactlyInAnyOrderElementsOf(
                                                IntStream.range(0, ofOneId.size())
                                                        .boxed()
                                                        .toList()));
        assertReplayGives(output, counted);
    }

    /** The counter depends on the order of arrival; the steps that it wrote do not. */
    private static void assertReplayGives(List<String> output, List<Counted> counted)
            throws Exception {
        int[] steps = new int[AugmentJob.LINES];
        counted.forEach(line -> steps[line.line()] = line.step());
        AugmentJob replay =
                new AugmentJob(CLUSTER.directory(), "replay", false, line -> steps[line]);
        JavaProcess client = CLUSTER.run(List.of(), List.of(replay.file()));
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        assertThat(replay.sortedOutput()).isEqualTo(output);
    }

    /**
     * A savepoint names the serializer snapshot of each state; Flink's for Kryo has it in its name.
     */
    private static void assertNoStateWentThroughKryo(Path savepoint) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(savepoint)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(text).contains(DropoutMapFunction.STEP_STATE).doesNotContainIgnoringCase("kryo");
    }

    /** Runs the job until more of each id is final than before, and returns its savepoint. */
    private static String runUntilStopped(
            AugmentJob job, List<String> flinkArguments, List<String> arguments) throws Exception {
        int before = job.sortedOutput().size();
        JavaProcess client = CLUSTER.run(flinkArguments, arguments);
        String id = CLUSTER.runningJob(client);
        until(
                "more output is final",
                () -> job.sortedOutput().size() > before + 2 * AugmentJob.IDS);
        JavaProcess stop =
                CLUSTER.flink(
                        List.of(
                                "stop",
                                "--savepointPath",
                                job.directory().resolve("savepoints").toUri().toString(),
                                id));
        assertThat(stop.exitStatus(DEADLINE)).as(stop.output()).isZero();
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        assertThat(job.unfinishedFiles()).isEmpty();
        assertThat(job.sortedOutput()).hasSizeLessThan(AugmentJob.LINES);
        Matcher path = SAVEPOINT.matcher(stop.output());
        assertThat(path.find()).as(stop.output()).isTrue();
        return path.group(1);
    }
}
