package org.mydropout.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Flink session cluster for the tests of a class: a JobManager and two TaskManagers of two slots
 * each, every one a JVM of its own. Its configuration is {@code conf/config.yaml} and what makes it
 * a cluster on this machine. Before each test, processes that an earlier one killed are started
 * again; after the last, and when the tests' JVM ends in whatever way, all are gone.
 */
final class FlinkCluster implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    /** How long a test waits for what it wants to see; far more than it takes. */
    static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final List<String> TASK_MANAGERS = List.of("taskmanager-1", "taskmanager-2");
    private static final String JOB_MANAGER = "jobmanager";

    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID (\\w+)");

    private final Map<String, JavaProcess> servers = new LinkedHashMap<>();
    private final List<JavaProcess> all = new CopyOnWriteArrayList<>();
    private Path directory;
    private Path configuration;
    private List<Path> classPath;
    private Path jobJar;
    private ClusterRest rest;
    private int clients;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
        directory =
                Path.of("target", "cluster", context.getRequiredTestClass().getSimpleName())
                        .toAbsolutePath();
        delete(directory);
        configuration = Files.createDirectories(directory.resolve("conf"));
        classPath = ClusterJars.flink(directory);
        jobJar = ClusterJars.job();
        int restPort = freePort();
        rest = new ClusterRest(restPort);
        Files.writeString(
                configuration.resolve("config.yaml"),
                Files.readString(Path.of("conf", "config.yaml"))
                        + settings(restPort, directory.resolve("checkpoints")));
    }

    /**
     * Flat keys, which Flink's YAML lets stand beside nested ones. Small fetches, since a source
     * cannot be stopped in the middle of one, and the tests' source is slow.
     */
    private static String settings(int restPort, Path checkpoints) throws IOException {
        return """

               jobmanager.rpc.address: localhost
               jobmanager.rpc.port: %d
               jobmanager.bind-host: localhost
               rest.address: localhost
               rest.bind-address: localhost
               rest.port: %d
               taskmanager.host: localhost
               taskmanager.bind-host: localhost
               taskmanager.numberOfTaskSlots: 2
               taskmanager.load-balance.mode: SLOTS
               taskmanager.cpu.cores: 1.0
               taskmanager.memory.framework.heap.size: 64m
               taskmanager.memory.framework.off-heap.size: 64m
               taskmanager.memory.jvm-metaspace.size: 128m
               taskmanager.memory.jvm-overhead.min: 64m
               taskmanager.memory.jvm-overhead.max: 64m
               taskmanager.memory.task.heap.size: 128m
               taskmanager.memory.task.off-heap.size: 0b
               taskmanager.memory.managed.size: 64m
               taskmanager.memory.network.min: 32m
               taskmanager.memory.network.max: 32m
               heartbeat.interval: 500
               heartbeat.timeout: 5000
               cluster.registration.error-delay: 500
               source.file.stream.io-fetch-size: 4kb
               execution.checkpointing.dir: %s
               """
                .formatted(freePort(), restPort, checkpoints.toUri());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!isRunning(JOB_MANAGER)) {
            startJobManager();
        }
        for (String name : TASK_MANAGERS) {
            if (!isRunning(name)) {
                startTaskManager(name);
            }
        }
        until("two TaskManagers are registered", () -> allAlive() && rest.taskManagers() == 2);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        killAll();
    }

    /** Below {@code target}, of this test class alone, and empty when the class begins. */
    Path directory() {
        return directory;
    }

    ClusterRest rest() {
        return rest;
    }

    /**
     * Starts Flink's own client: {@code flink run --fromSavepoint ... flink-mydropout.jar run JOB}.
     *
     * @param flinkArguments options of {@code flink run}
     * @param arguments what follows {@code run} on our own command line
     */
    JavaProcess run(List<String> flinkArguments, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(flinkArguments);
        all.add(jobJar.toString());
        all.add("run");
        all.addAll(arguments);
        return flink(all);
    }

    /** Starts Flink's own client: {@code flink ARGUMENTS}. */
    JavaProcess flink(List<String> arguments) {
        return start("client-" + ++clients, CliFrontend.class.getName(), arguments);
    }

    /** Waits until the job that a client submits runs, and returns its id. */
    String runningJob(JavaProcess client) {
        until(
                "the job runs",
                () -> {
                    if (!client.isAlive()) {
                        throw new AssertionError("The client has ended:\n" + client.output());
                    }
                    Matcher submitted = SUBMITTED.matcher(client.output());
                    return submitted.find() && rest.state(submitted.group(1)).equals("RUNNING");
                });
        return SUBMITTED.matcher(client.output()).results().findFirst().orElseThrow().group(1);
    }

    void startJobManager() {
        servers.put(
                JOB_MANAGER,
                start(
                        JOB_MANAGER,
                        StandaloneSessionClusterEntrypoint.class.getName(),
                        List.of("--configDir", configuration.toString())));
    }

    void killJobManager() {
        servers.get(JOB_MANAGER).kill();
    }

    /** Kills a TaskManager by its resource id. */
    void killTaskManager(String id) {
        servers.get(id).kill();
    }

    private void startTaskManager(String id) {
        servers.put(
                id,
                start(
                        id,
                        TaskManagerRunner.class.getName(),
                        List.of(
                                "--configDir",
                                configuration.toString(),
                                "-Dtaskmanager.resource-id=" + id)));
    }

    private boolean allAlive() {
        servers.forEach(
                (name, server) -> {
                    if (!server.isAlive()) {
                        throw new AssertionError(name + " has ended:\n" + server.output());
                    }
                });
        return true;
    }

    private boolean isRunning(String name) {
        return servers.containsKey(name) && servers.get(name).isAlive();
    }

    private JavaProcess start(String name, String mainClass, List<String> arguments) {
        JavaProcess process =
                JavaProcess.start(
                        classPath,
                        Map.of("FLINK_CONF_DIR", configuration.toString()),
                        directory.resolve(name + ".log"),
                        mainClass,
                        arguments);
        all.add(process);
        return process;
    }

    /** Waits until something can be seen. */
    static void until(String what, Callable<Boolean> seen) {
        await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(100)).until(seen);
    }

    private void killAll() {
        all.forEach(JavaProcess::kill);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(
                            path -> {
                                try {
                                    Files.delete(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
