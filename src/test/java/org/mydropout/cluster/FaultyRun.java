package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.JOB_MANAGER;
import static org.mydropout.cluster.FlinkCluster.TASK_MANAGERS;
import static org.mydropout.cluster.FlinkCluster.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.mydropout.cluster.FaultSchedule.Event;

/**
 * Runs a job through a schedule of faults. A job that has ended or is lost is submitted again from
 * its newest snapshot.
 */
final class FaultyRun {

    private static final Pattern SUBMITTED = Pattern.compile("with JobID (\\p{XDigit}{32})");

    /** What a TaskManager logs when it gives up a JobManager. */
    private static final Pattern DISCONNECTED = Pattern.compile("Close ResourceManager connection");

    /** The states in which a job has ended. */
    private static final Set<String> ENDED = Set.of("FINISHED", "FAILED", "CANCELED");

    private final FlinkCluster cluster;
    private final FaultSchedule schedule;
    private final ChaosJob job;
    private final Path savepoints;
    private final String file;

    /** The ids of the jobs that were submitted. */
    private final List<String> ids = new ArrayList<>();

    /** The id of the job that was submitted last. */
    private String id;

    FaultyRun(FlinkCluster cluster, FaultSchedule schedule, ChaosJob job) throws Exception {
        this.cluster = cluster;
        this.schedule = schedule;
        this.job = job;
        this.savepoints = cluster.directory().resolve("savepoints");
        List<String> options = new ArrayList<>(schedule.options());
        // The number of restarts within ten minutes is limited, but here is more than one fault.
        options.add("restart-strategy.exponential-delay.attempts-before-reset-backoff: 1000");
        options.add("restart-strategy.exponential-delay.max-backoff: 2 s");
        this.file = job.file(options.toArray(String[]::new));
    }

    /** Runs the job to its end. */
    void run() throws Exception {
        submit(List.of(file));
        // Only a job with output can continue.
        await("some output is final", job::hasOutput);
        for (Event event : schedule.events()) {
            int before = cluster.rest().completedCheckpoints(id);
            await(
                    event.checkpoints() + " checkpoints",
                    () -> cluster.rest().completedCheckpoints(id) >= before + event.checkpoints());
            apply(event);
        }
        if (!job.isReleased()) {
            job.release();
        }
        await("the job ends", this::isEnded);
        assertThat(cluster.rest().state(id))
                .as(() -> "%s%n%s".formatted(schedule, failures()))
                .isEqualTo("FINISHED");
    }

    private void apply(Event event) throws Exception {
        String first = TASK_MANAGERS.get(event.taskManager());
        String second = TASK_MANAGERS.get(1 - event.taskManager());
        switch (event.fault()) {
            case KILL_TASK_MANAGER -> killTaskManagers(event, List.of(first));
            case KILL_BOTH_TASK_MANAGERS -> killTaskManagers(event, List.of(first, second));
            case KILL_TASK_MANAGERS_IN_TURN -> killInTurn(event);
            case KILL_JOB_MANAGER -> killJobManager(event, List.of());
            case KILL_JOB_MANAGER_AND_TASK_MANAGER -> killJobManager(event, List.of(first));
            case KILL_ALL -> {
                List.of(first, JOB_MANAGER, second).forEach(cluster::kill);
                job.broker().ifPresent(BrokerProcess::kill);
                recover(event);
            }
            case FREEZE_TASK_MANAGER -> freezeTaskManager(event, first);
            case FREEZE_JOB_MANAGER -> freezeJobManager(event);
            case STOP_WITH_SAVEPOINT -> {
                String request = stop();
                await("the job is stopped", () -> cluster.rest().isStopped(id, request));
                recover(event);
            }
            case KILL_TASK_MANAGER_DURING_SAVEPOINT -> killDuringSavepoint(event, first);
            case CANCEL -> {
                cluster.rest().cancel(id);
                await("the job is cancelled", this::isEnded);
                recover(event);
            }
            case LOSE_CHECKPOINT_DIRECTORY -> loseCheckpointDirectory(event);
            case KILL_TASK_MANAGER_AT_END -> killAtEnd(event, first);
            case KILL_BROKER -> killBroker(event);
            case FREEZE_BROKER -> freezeBroker(event);
        }
    }

    /** A late event starts the processes again when the JobManager has noticed the loss. */
    private void killTaskManagers(Event event, List<String> names) throws Exception {
        names.forEach(cluster::kill);
        if (event.late()) {
            await(
                    "the loss is noticed",
                    () -> cluster.rest().taskManagers() == TASK_MANAGERS.size() - names.size());
        }
        recover(event);
    }

    /**
     * Kills the TaskManager with the first subtask of the source, so that the job restarts, and the
     * other one during that. A late event kills the other one when the job has been restored.
     */
    private void killInTurn(Event event) throws Exception {
        List<String> found = new ArrayList<>();
        await(
                "the source runs",
                () -> found.addAll(cluster.rest().taskManagerOfSource(id).stream().toList()));
        String first = found.get(0);
        String second = TASK_MANAGERS.get(1 - TASK_MANAGERS.indexOf(first));
        int restored = cluster.rest().restoredCheckpoints(id);
        cluster.kill(first);
        cluster.startMissing();
        await(
                "the job restarts",
                () ->
                        cluster.rest().restoredCheckpoints(id) > restored
                                || (!event.late() && !cluster.rest().state(id).equals("RUNNING")));
        cluster.kill(second);
        recover(event);
    }

    /** A late event starts the JobManager again when a TaskManager has noticed the loss. */
    private void killJobManager(Event event, List<String> taskManagers) throws Exception {
        taskManagers.forEach(cluster::kill);
        long before = disconnections();
        cluster.kill(JOB_MANAGER);
        if (event.late()) {
            await("the loss is noticed", () -> disconnections() > before);
        }
        recover(event);
    }

    /** A late event lasts until the JobManager misses the heartbeat. */
    private void freezeTaskManager(Event event, String name) throws Exception {
        JavaProcess taskManager = cluster.server(name);
        taskManager.freeze();
        try {
            await(
                    event.late() ? "the heartbeat is missed" : "a checkpoint waits",
                    event.late()
                            ? () -> cluster.rest().taskManagers() < TASK_MANAGERS.size()
                            : () -> cluster.rest().isCheckpointInProgress(id));
        } finally {
            taskManager.thaw();
        }
        recover(event);
    }

    /**
     * A late event lasts until a TaskManager misses the heartbeat, an early one until our client
     * gives up its request, which is shorter.
     */
    private void freezeJobManager(Event event) throws Exception {
        JavaProcess jobManager = cluster.server(JOB_MANAGER);
        long before = disconnections();
        jobManager.freeze();
        try {
            await(
                    event.late() ? "the heartbeat is missed" : "a request fails",
                    event.late()
                            ? () -> disconnections() > before
                            : () -> cluster.rest().taskManagers() == 0);
        } finally {
            jobManager.thaw();
        }
        recover(event);
    }

    /**
     * A late event kills the TaskManager when the savepoint is complete and the job has not ended.
     */
    private void killDuringSavepoint(Event event, String taskManager) throws Exception {
        long before = Checkpoints.savepoints(savepoints);
        if (event.late()) {
            job.holdStop();
        }
        String request = stop();
        if (event.late()) {
            await(
                    "the savepoint is complete",
                    () ->
                            Checkpoints.savepoints(savepoints) > before
                                    || cluster.rest().isStopped(id, request));
        }
        cluster.kill(taskManager);
        if (event.late()) {
            job.endStop();
        }
        await("the attempt to stop ends", () -> cluster.rest().isStopped(id, request));
        recover(event);
    }

    /** A late event lasts until the job restarts, an early one until a checkpoint has failed. */
    private void loseCheckpointDirectory(Event event) throws Exception {
        Path directory = cluster.directory().resolve("checkpoints");
        Path away = cluster.directory().resolve("checkpoints-away");
        int restored = cluster.rest().restoredCheckpoints(id);
        int failed = cluster.rest().failedCheckpoints(id);
        Files.move(directory, away);
        Files.createFile(directory); // Flink would create a directory again
        try {
            await(
                    event.late() ? "the job restarts" : "a checkpoint fails",
                    () ->
                            cluster.rest().restoredCheckpoints(id) > restored
                                    || (!event.late()
                                            && cluster.rest().failedCheckpoints(id) > failed));
        } finally {
            Files.delete(directory);
            Files.move(away, directory);
        }
        recover(event);
    }

    /** A late event kills the TaskManager when the first tasks have finished. */
    private void killAtEnd(Event event, String taskManager) throws Exception {
        job.release();
        if (event.late()) {
            await("the first tasks finish", () -> cluster.rest().hasFinishedVertex(id));
        }
        cluster.kill(taskManager);
        cluster.start();
    }

    /** A late event lasts until the job restarts. */
    private void killBroker(Event event) throws Exception {
        int restored = cluster.rest().restoredCheckpoints(id);
        job.broker().orElseThrow().kill();
        if (event.late()) {
            await("the job restarts", () -> cluster.rest().restoredCheckpoints(id) > restored);
        }
        recover(event);
    }

    /** A late event lasts until the job restarts, an early one until a checkpoint waits. */
    private void freezeBroker(Event event) throws Exception {
        JavaProcess broker = job.broker().orElseThrow().process();
        int restored = cluster.rest().restoredCheckpoints(id);
        broker.freeze();
        try {
            await(
                    event.late() ? "the job restarts" : "a checkpoint waits",
                    event.late()
                            ? () -> cluster.rest().restoredCheckpoints(id) > restored
                            : () -> cluster.rest().isCheckpointInProgress(id));
        } finally {
            broker.thaw();
        }
        recover(event);
    }

    private String stop() {
        List<String> requests = new ArrayList<>();
        await(
                "the request to stop is accepted",
                () -> requests.addAll(cluster.rest().stop(id).stream().toList()));
        return requests.get(0);
    }

    /**
     * Starts what was killed, and waits for a checkpoint that begins now. If the job has ended or
     * is lost, submits it again.
     */
    private void recover(Event event) throws Exception {
        Instant time = Instant.now();
        job.broker().ifPresent(BrokerProcess::start);
        cluster.start();
        String before = id;
        await(
                "a checkpoint after the fault",
                () -> {
                    if (isEnded() || cluster.rest().isUnknown(id)) {
                        assertThat(id)
                                .as(() -> "A job that was resumed ended: " + failures())
                                .isEqualTo(before);
                        List<String> arguments = new ArrayList<>();
                        arguments.add(file);
                        arguments.add("-Dparallelism.default=" + event.parallelism());
                        arguments.addAll(job.resumption(ids));
                        submit(arguments);
                    }
                    return cluster.rest().lastCheckpoint(id).isAfter(time);
                });
    }

    private boolean isEnded() throws InterruptedException {
        return ENDED.contains(cluster.rest().state(id));
    }

    private long disconnections() {
        return DISCONNECTED.matcher(cluster.taskManagerOutput()).results().count();
    }

    private void submit(List<String> arguments) throws Exception {
        JavaProcess client = cluster.run(List.of("--detached"), arguments);
        assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
        Matcher submitted = SUBMITTED.matcher(client.output());
        assertThat(submitted.find()).as(client.output()).isTrue();
        id = submitted.group(1);
        ids.add(id);
        await("the job runs", () -> cluster.rest().state(id).equals("RUNNING"));
    }

    /** Waits for a condition. If it does not come, the error shows the job's failures. */
    private void await(String what, Callable<Boolean> seen) {
        try {
            until(what, seen);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "%s: %s: job %s: %s".formatted(schedule, e.getMessage(), id, failures()), e);
        }
    }

    private String failures() {
        try {
            return cluster.rest().failures(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
