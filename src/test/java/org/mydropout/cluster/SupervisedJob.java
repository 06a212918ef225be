package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A job that is submitted again from its newest snapshot when it has ended or is lost. Its cluster
 * is supervised as that of a user: a TaskManager that has ended by itself is started again.
 */
final class SupervisedJob {

    /** The states in which a job has ended. */
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

    private final FlinkCluster cluster;
    private final ChaosJob job;
    private final String file;
    private final FaultSchedule schedule;

    /** The ids of the jobs that were submitted. */
    private final List<String> ids = new ArrayList<>();

    /**
     * Describes a job, without submitting it.
     *
     * @param file the job file
     * @param schedule what happens to the job, for errors
     */
    SupervisedJob(FlinkCluster cluster, ChaosJob job, String file, FaultSchedule schedule) {
        this.cluster = cluster;
        this.job = job;
        this.file = file;
        this.schedule = schedule;
    }

    void submit() throws Exception {
        submit(List.of(file));
    }

    private void submit(List<String> arguments) throws Exception {
        JavaProcess client = cluster.run(List.of("--detached"), arguments);
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        ids.add(
                FlinkCluster.submittedJob(client)
                        .orElseThrow(() -> new AssertionError(client.output())));
        await("the job runs", () -> state().equals("RUNNING"));
    }

    /** The id of the job that was submitted last. */
    String id() {
        return ids.get(ids.size() - 1);
    }

    /** The state in which the JobManager holds the job; empty while it does not answer. */
    String state() throws InterruptedException {
        return cluster.rest().state(id());
    }

    boolean isEnded() throws InterruptedException {
        return ENDED.contains(state());
    }

    /**
     * Starts what was killed, and waits for a checkpoint that begins now. If the job has ended or
     * is lost, submits it again.
     *
     * @param parallelism that of a job that is submitted again
     */
    void recover(int parallelism) throws Exception {
        Instant time = Instant.now();
        job.broker().ifPresent(BrokerProcess::start);
        cluster.start();
        String before = id();
        await(
                "a checkpoint after the fault",
                () -> {
                    if (isEnded() || cluster.rest().isUnknown(id())) {
                        assertThat(id())
                                .as(
                                        () ->
                                                "%s: A resumed job ended: %s"
                                                        .formatted(schedule, failures()))
                                .isEqualTo(before);
                        List<String> arguments = new ArrayList<>();
                        arguments.add(file);
                        arguments.add("-Dparallelism.default=" + parallelism);
                        arguments.addAll(job.resumption(ids));
                        submit(arguments);
                    }
                    return cluster.rest().lastCheckpoint(id()).isAfter(time);
                });
    }

    /**
     * Waits for a condition, and supervises the cluster meanwhile. If the condition does not come,
     * the error shows the job's failures.
     */
    void await(String what, Callable<Boolean> seen) {
        try {
            until(
                    what,
                    () -> {
                        cluster.startEndedByKafka();
                        return seen.call();
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "%s: %s: job %s: %s".formatted(schedule, e.getMessage(), id(), failures()), e);
        }
    }

    /** The failures of the job, the last one first, as the JobManager keeps them. */
    String failures() {
        try {
            return cluster.rest().failures(id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
