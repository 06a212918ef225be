package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.JOB_MANAGER;
import static org.mydropout.cluster.FlinkCluster.TASK_MANAGERS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mydropout.cluster.FaultSchedule.Event;

/** Runs a job through a schedule of faults. */
final class FaultyRun {

    /** What a TaskManager logs when it gives up a JobManager. */
    private static final Pattern DISCONNECTED = Pattern.compile("Close ResourceManager connection");

    private final FlinkCluster cluster;
    private final FaultSchedule schedule;
    private final ChaosJob job;
    private final Path savepoints;
    private final SupervisedJob running;

    FaultyRun(FlinkCluster cluster, FaultSchedule schedule, ChaosJob job) throws Exception {
        this.cluster = cluster;
        this.schedule = schedule;
        this.job = job;
        this.savepoints = cluster.directory().resolve("savepoints");
        List<String> options = new ArrayList<>(schedule.options());
        // The number of restarts within ten minutes is limited, but here is more than one fault.
        options.add("restart-strategy.exponential-delay.attempts-before-reset-backoff: 1000");
        options.add("restart-strategy.exponential-delay.max-backoff: 2 s");
        this.running =
                new SupervisedJob(cluster, job, job.file(options.toArray(String[]::new)), schedule);
    }

    /** Runs the job to its end. */
    void run() throws Exception {
        running.submit();
        // Only a job with output can continue.
        running.await("some output is final", job::hasOutput);
        for (Event event : schedule.events()) {
            int before = cluster.rest().completedCheckpoints(running.id());
            running.await(
                    event.checkpoints() + " checkpoints",
                    () ->
                            cluster.rest().completedCheckpoints(running.id())
                                    >= before + event.checkpoints());
            apply(event);
            if (job.isReleased()) {
                cluster.start();
            } else {
                running.recover(event.parallelism());
            }
        }
        if (!job.isReleased()) {
            job.release();
        }
        running.await("the job ends", running::isEnded);
        assertThat(running.state())
                .as(() -> "%s%n%s".formatted(schedule, running.failures()))
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
            }
            case FREEZE_TASK_MANAGER -> freezeTaskManager(event, first);
            case FREEZE_JOB_MANAGER -> freezeJobManager(event);
            case STOP_WITH_SAVEPOINT -> awaitStop(stop());
            case KILL_TASK_MANAGER_DURING_SAVEPOINT -> killDuringSavepoint(event, first);
            case CANCEL -> {
                cluster.rest().cancel(running.id());
                running.await("the job is cancelled", running::isEnded);
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
            running.await(
                    "the loss is noticed",
                    () -> cluster.rest().taskManagers() == TASK_MANAGERS.size() - names.size());
        }
    }

    /**
     * Kills the TaskManager with the first subtask of the source, so that the job restarts, and the
     * other one during that. A late event kills the other one when the job has been restored.
     */
    private void killInTurn(Event event) throws Exception {
        List<String> found = new ArrayList<>();
        running.await(
                "the source runs",
                () ->
                        found.addAll(
                                cluster.rest().taskManagerOfSource(running.id()).stream()
                                        .toList()));
        String first = found.get(0);
        String second = TASK_MANAGERS.get(1 - TASK_MANAGERS.indexOf(first));
        int restored = restored();
        cluster.kill(first);
        cluster.startMissing();
        running.await(
                "the job restarts",
                () ->
                        restored() > restored
                                || (!event.late() && !running.state().equals("RUNNING")));
        cluster.kill(second);
    }

    /** A late event starts the JobManager again when a TaskManager has noticed the loss. */
    private void killJobManager(Event event, List<String> taskManagers) throws Exception {
        taskManagers.forEach(cluster::kill);
        long before = disconnections();
        cluster.kill(JOB_MANAGER);
        if (event.late()) {
            running.await("the loss is noticed", () -> disconnections() > before);
        }
    }

    /** A late event lasts until the JobManager misses the heartbeat. */
    private void freezeTaskManager(Event event, String name) throws Exception {
        JavaProcess taskManager = cluster.server(name);
        taskManager.freeze();
        try {
            running.await(
                    event.late() ? "the heartbeat is missed" : "a checkpoint waits",
                    event.late()
                            ? () -> cluster.rest().taskManagers() < TASK_MANAGERS.size()
                            : () -> cluster.rest().isCheckpointInProgress(running.id()));
        } finally {
            taskManager.thaw();
        }
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
            running.await(
                    event.late() ? "the heartbeat is missed" : "a request fails",
                    event.late()
                            ? () -> disconnections() > before
                            : () -> cluster.rest().taskManagers() == 0);
        } finally {
            jobManager.thaw();
        }
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
            running.await(
                    "the savepoint is complete",
                    () ->
                            Checkpoints.savepoints(savepoints) > before
                                    || cluster.rest().isStopped(running.id(), request));
        }
        cluster.kill(taskManager);
        if (event.late()) {
            job.endStop();
        }
        awaitStop(request);
    }

    /** A late event lasts until the job restarts, an early one until a checkpoint has failed. */
    private void loseCheckpointDirectory(Event event) throws Exception {
        Path directory = cluster.directory().resolve("checkpoints");
        Path away = cluster.directory().resolve("checkpoints-away");
        int restored = restored();
        int failed = cluster.rest().failedCheckpoints(running.id());
        Files.move(directory, away);
        Files.createFile(directory); // Flink would create a directory again
        try {
            running.await(
                    event.late() ? "the job restarts" : "a checkpoint fails",
                    () ->
                            restored() > restored
                                    || (!event.late()
                                            && cluster.rest().failedCheckpoints(running.id())
                                                    > failed));
        } finally {
            Files.delete(directory);
            Files.move(away, directory);
        }
    }

    /** A late event kills the TaskManager when the first tasks have finished. */
    private void killAtEnd(Event event, String taskManager) throws Exception {
        job.release();
        if (event.late()) {
            running.await(
                    "the first tasks finish", () -> cluster.rest().hasFinishedVertex(running.id()));
        }
        cluster.kill(taskManager);
    }

    /** A late event lasts until the job restarts. */
    private void killBroker(Event event) throws Exception {
        int restored = restored();
        job.broker().orElseThrow().kill();
        if (event.late()) {
            running.await("the job restarts", () -> restored() > restored);
        }
    }

    /** A late event lasts until the job restarts, an early one until a checkpoint waits. */
    private void freezeBroker(Event event) throws Exception {
        JavaProcess broker = job.broker().orElseThrow().process();
        int restored = restored();
        broker.freeze();
        try {
            running.await(
                    event.late() ? "the job restarts" : "a checkpoint waits",
                    event.late()
                            ? () -> restored() > restored
                            : () -> cluster.rest().isCheckpointInProgress(running.id()));
        } finally {
            broker.thaw();
        }
    }

    private void awaitStop(String request) {
        running.await(
                "the attempt to stop ends", () -> cluster.rest().isStopped(running.id(), request));
    }

    private String stop() {
        List<String> requests = new ArrayList<>();
        running.await(
                "the request to stop is accepted",
                () -> requests.addAll(cluster.rest().stop(running.id()).stream().toList()));
        return requests.get(0);
    }

    /** How often the job was restored. */
    private int restored() throws InterruptedException {
        return cluster.rest().restoredCheckpoints(running.id());
    }

    private long disconnections() {
        return DISCONNECTED.matcher(cluster.taskManagerOutput()).results().count();
    }
}
