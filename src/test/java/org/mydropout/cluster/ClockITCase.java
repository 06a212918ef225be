package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests for a job on a cluster whose clock jumps. */
@Tag("cluster")
class ClockITCase {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HALF_A_DAY = DAY.dividedBy(2);

    private static final Path DIRECTORY = Path.of("target", "cluster", "clock").toAbsolutePath();
    private static final Path AGENT = DIRECTORY.resolve("agent.jar");
    private static final Path CLOCK = DIRECTORY.resolve("milliseconds-ahead");

    @RegisterExtension
    private static final FlinkCluster CLUSTER =
            new FlinkCluster("-javaagent:%s=%s".formatted(AGENT, CLOCK));

    @BeforeAll
    static void setClock() throws Exception {
        AdjustableClock.writeAgent(AGENT);
        AdjustableClock.set(CLOCK, Duration.ZERO);
    }

    /** The newest snapshot is that of the highest number, although its time is the earliest. */
    @Test
    void jumpsLoseAndRepeatNothing() throws Exception {
        AugmentJob undisturbed = new AugmentJob(CLUSTER.directory(), "undisturbed", false);
        JavaProcess client = CLUSTER.run(List.of(), List.of(undisturbed.file()));
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        AugmentJob job = new AugmentJob(CLUSTER.directory(), "jumps", true);
        String file =
                job.file(
                        "dropout.step-from: counter", "execution.checkpointing.num-retained: 1000");
        JavaProcess first = CLUSTER.run(List.of(), List.of(file));
        String id = CLUSTER.runningJob(first);
        until("some output is final", job::hasOutput);

        AdjustableClock.set(CLOCK, DAY);
        Instant tonight = Instant.now().plus(HALF_A_DAY);
        until("a checkpoint of tomorrow", () -> CLUSTER.rest().lastCheckpoint(id).isAfter(tonight));
        AdjustableClock.set(CLOCK, DAY.negated());
        Instant lastNight = Instant.now().minus(HALF_A_DAY);
        until(
                "a checkpoint of yesterday",
                () -> {
                    Instant last = CLUSTER.rest().lastCheckpoint(id);
                    return last.isAfter(Instant.EPOCH) && last.isBefore(lastNight);
                });
        CLUSTER.kill(FlinkCluster.JOB_MANAGER);
        first.kill();
        Path newest =
                Path.of(
                        URI.create(
                                Checkpoints.newest(
                                        CLUSTER.directory().resolve("checkpoints/" + id))));
        CLUSTER.start();
        JavaProcess second = CLUSTER.run(List.of(), List.of(file, "--resume"));
        String resumed = CLUSTER.runningJob(second);
        assertThat(CLUSTER.rest().restoredCheckpoints(resumed)).isEqualTo(1);
        assertThat(second.output()).contains("The job continues from file:" + newest);
        AdjustableClock.set(CLOCK, Duration.ZERO);
        job.release();

        assertThat(second.exitStatus(DEADLINE)).as(second.output()).isZero();
        assertThat(job.sortedOutput())
                .hasSize(AugmentJob.LINES)
                .isEqualTo(undisturbed.sortedOutput());
        assertThat(job.sortedDeadLetters())
                .hasSize(AugmentJob.BROKEN_LINES)
                .isEqualTo(undisturbed.sortedDeadLetters());
    }
}
