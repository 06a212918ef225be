package org.mydropout.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.util.FileUtils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mydropout.cluster.ClusterConfiguration.Ports;

/**
 * A Flink session cluster for the tests of a class: a JobManager and two TaskManagers with two
 * slots, each in its own JVM. Its configuration is {@code conf/config.yaml} with options for a
 * cluster on this machine. Before each test, it starts the processes again that an earlier test
 * killed. All processes end after the last test, or when the JVM of the tests ends, even if it is
 * killed.
 */
final class FlinkCluster implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    /** How long a test waits for a condition; far more than needed. */
    static final Duration DEADLINE = Duration.ofMinutes(10);

    static final List<String> TASK_MANAGERS = List.of("taskmanager-1", "taskmanager-2");
    static final String JOB_MANAGER = "jobmanager";

    private static final Pattern SUBMITTED =
            Pattern.compile("Job has been submitted with JobID (\\w+)");

    /**
     * What a TaskManager logs when it ends by itself because of an error of a Kafka client. Flink
     * takes an error in the cancellation of a task as fatal, such as that of a transaction which
     * cannot be aborted while the broker is away.
     */
    private static final Pattern ENDED_BY_KAFKA =
            Pattern.compile(
                    "Fatal error occurred while executing the TaskManager\\. Shutting it down\\.\\.\\.\\R"
                            + "org\\.apache\\.kafka\\.");

    /** The running processes, which a test may kill. */
    private final Map<String, JavaProcess> servers = new LinkedHashMap<>();

    private final List<JavaProcess> processes = new CopyOnWriteArrayList<>();

    /** All TaskManagers that were started. */
    private final List<JavaProcess> taskManagers = new ArrayList<>();

    private final List<String> serverArguments;
    private Path directory;
    private ClusterConfiguration configuration;
    private List<Path> classPath;
    private Path jobJar;
    private ClusterRest rest;
    private int clients;
    private int starts;

    /**
     * Creates a cluster, without starting it.
     *
     * @param serverArguments further arguments of the JVMs of JobManager and TaskManagers, as
     *     Flink's scripts read them from {@code env.java.opts.all}
     */
    FlinkCluster(String... serverArguments) {
        this.serverArguments = List.of(serverArguments);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
        directory =
                Path.of("target", "cluster", context.getRequiredTestClass().getSimpleName())
                        .toAbsolutePath();
        FileUtils.deleteDirectory(directory.toFile());
        configuration =
                new ClusterConfiguration(
                        directory.resolve("conf"),
                        directory.resolve("checkpoints"),
                        directory.resolve("savepoints"),
                        directory.resolve("temporary"));
        configuration.write(Ports.ANY);
        classPath = ClusterJars.flink(directory);
        jobJar = ClusterJars.job();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start();
    }

    /** Starts the missing processes, and waits until the TaskManagers are registered. */
    void start() {
        startMissing();
        until(
                "two TaskManagers are registered",
                () -> {
                    startEndedByKafka();
                    servers.keySet().forEach(this::requireAlive);
                    return rest.taskManagers() == TASK_MANAGERS.size();
                });
    }

    /** Starts the missing processes, and waits until the JobManager listens. */
    void startMissing() {
        if (!servers.containsKey(JOB_MANAGER)) {
            startJobManager();
        }
        for (String name : TASK_MANAGERS) {
            if (!servers.containsKey(name)) {
                startTaskManager(name);
            }
        }
    }

    private void startTaskManager(String name) {
        startServer(name, TaskManagerRunner.class, List.of("-Dtaskmanager.resource-id=" + name));
        taskManagers.add(servers.get(name));
    }

    /** Starts the TaskManagers again that have ended by an error of a Kafka client. */
    void startEndedByKafka() {
        for (String name : TASK_MANAGERS) {
            JavaProcess server = servers.get(name);
            if (server != null
                    && !server.isAlive()
                    && ENDED_BY_KAFKA.matcher(server.output()).find()) {
                startTaskManager(name);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        killAll();
    }

    /** The directory of this test class below {@code target}, empty when its tests begin. */
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
     * @param arguments the arguments of our own {@code run}
     */
    JavaProcess run(List<String> flinkArguments, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of("run"));
        line.addAll(flinkArguments);
        line.add(jobJar.toString());
        line.add("run");
        line.addAll(arguments);
        return flink(line);
    }

    /** Starts Flink's own client: {@code flink ARGUMENTS}. */
    JavaProcess flink(List<String> arguments) {
        return start(
                "client-" + ++clients,
                List.of(),
                Path.of("conf", "log4j2.properties"),
                CliFrontend.class,
                arguments);
    }

    /** The output of all TaskManagers so far, also of those that have ended. */
    String taskManagerOutput() {
        return taskManagers.stream().map(JavaProcess::output).collect(Collectors.joining());
    }

    /** Waits until a client's job runs, and returns its id. */
    String runningJob(JavaProcess client) {
        until(
                "the job runs",
                () -> {
                    if (!client.isAlive()) {
                        throw new AssertionError("The client has ended:\n" + client.output());
                    }
                    Optional<String> job = submittedJob(client);
                    return job.isPresent() && rest.state(job.get()).equals("RUNNING");
                });
        return submittedJob(client).orElseThrow();
    }

    /** The id of a client's job; empty if it was not submitted yet. */
    static Optional<String> submittedJob(JavaProcess client) {
        Matcher submitted = SUBMITTED.matcher(client.output());
        return submitted.find() ? Optional.of(submitted.group(1)) : Optional.empty();
    }

    /**
     * Starts a JobManager and waits until it listens. The first one listens on any free ports. A
     * later one needs the port that the TaskManagers know.
     */
    void startJobManager() {
        startJobManagerProcess();
        until("the JobManager listens", this::isListening);
    }

    private void startJobManagerProcess() {
        startServer(JOB_MANAGER, StandaloneSessionClusterEntrypoint.class, List.of());
    }

    private boolean isListening() throws IOException {
        JavaProcess jobManager = servers.get(JOB_MANAGER);
        if (!jobManager.isAlive() && jobManager.output().contains("BindException")) {
            startJobManagerProcess(); // Another process has taken the port for a moment.
            return false;
        }
        requireAlive(JOB_MANAGER);
        Optional<Ports> ports = Ports.in(jobManager.output());
        if (ports.isPresent()) {
            configuration.write(ports.get());
            rest = new ClusterRest(ports.get().rest());
        }
        return ports.isPresent();
    }

    /** Kills {@link #JOB_MANAGER} or a TaskManager, by its resource id. */
    void kill(String name) {
        servers.remove(name).kill();
    }

    /** The process of {@link #JOB_MANAGER} or of a TaskManager. */
    JavaProcess server(String name) {
        return servers.get(name);
    }

    private void requireAlive(String name) {
        JavaProcess server = servers.get(name);
        if (!server.isAlive()) {
            throw new AssertionError(name + " has ended:\n" + server.output());
        }
    }

    private void startServer(String name, Class<?> mainClass, List<String> options) {
        List<String> arguments =
                new ArrayList<>(List.of("--configDir", configuration.directory().toString()));
        arguments.addAll(options);
        servers.put(
                name,
                start(
                        name + "-" + ++starts,
                        serverArguments,
                        ClusterConfiguration.SERVER_LOGGING,
                        mainClass,
                        arguments));
    }

    private JavaProcess start(
            String name,
            List<String> jvmArguments,
            Path logging,
            Class<?> mainClass,
            List<String> arguments) {
        JavaProcess process =
                JavaProcess.start(
                        jvmArguments,
                        classPath,
                        Map.of(
                                "FLINK_CONF_DIR",
                                configuration.directory().toString(),
                                "LOG4J_CONFIGURATION_FILE",
                                logging.toUri().toString()),
                        directory.resolve(name + ".log"),
                        mainClass.getName(),
                        arguments);
        processes.add(process);
        return process;
    }

    /** Waits until a condition holds. */
    static void until(String what, Callable<Boolean> seen) {
        await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(100)).until(seen);
    }

    private void killAll() {
        processes.forEach(JavaProcess::kill);
    }
}
