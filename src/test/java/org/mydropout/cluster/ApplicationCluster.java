package org.mydropout.cluster;

import static org.mydropout.cluster.FlinkCluster.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.container.entrypoint.StandaloneApplicationClusterEntryPoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.mydropout.cluster.ClusterConfiguration.Ports;
import org.mydropout.job.Main;

/**
 * A cluster for a single job, as Flink's {@code standalone-job.sh} and {@code taskmanager.sh} start
 * it: a JobManager that runs our {@link Main} from the jar in {@code usrlib}, and a TaskManager
 * with two slots.
 */
final class ApplicationCluster implements AutoCloseable {

    private final ClusterConfiguration configuration;
    private final Path directory;
    private final List<Path> classPath;
    private final Map<String, String> environment;
    private final List<JavaProcess> processes = new ArrayList<>();
    private ClusterRest rest;

    /** Lays the files of a cluster. */
    ApplicationCluster(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.configuration =
                new ClusterConfiguration(
                        directory.resolve("conf"),
                        directory.resolve("checkpoints"),
                        directory.resolve("savepoints"),
                        directory.resolve("temporary"));
        this.classPath = ClusterJars.flink(directory);
        Path userJars = Files.createDirectories(directory.resolve("usrlib"));
        Path jar = ClusterJars.job();
        Files.createSymbolicLink(userJars.resolve(jar.getFileName()), jar);
        environment = new HashMap<>();
        environment.put("FLINK_CONF_DIR", configuration.directory().toString());
        environment.put(
                "LOG4J_CONFIGURATION_FILE", ClusterConfiguration.SERVER_LOGGING.toUri().toString());
        // Flink looks for usrlib beside the directory of its jars.
        environment.put(
                ConfigConstants.ENV_FLINK_LIB_DIR,
                Files.createDirectories(directory.resolve("lib")).toString());
    }

    /**
     * Starts the processes with free ports.
     *
     * @param options Flink's options
     * @param arguments the arguments of our command line
     * @return the JobManager
     */
    JavaProcess start(List<String> options, List<String> arguments) throws IOException {
        configuration.write(Ports.ANY);
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--configDir",
                                configuration.directory().toString(),
                                "--job-classname",
                                Main.class.getName()));
        all.addAll(options);
        all.addAll(arguments);
        JavaProcess jobManager =
                process("jobmanager", StandaloneApplicationClusterEntryPoint.class, all);
        until(
                "the JobManager listens",
                () -> Ports.in(jobManager.output()).isPresent() || !jobManager.isAlive());
        Optional<Ports> ports = Ports.in(jobManager.output());
        if (ports.isPresent()) {
            configuration.write(ports.get());
            rest = new ClusterRest(ports.get().rest());
            process(
                    "taskmanager",
                    TaskManagerRunner.class,
                    List.of("--configDir", configuration.directory().toString()));
        }
        return jobManager;
    }

    private JavaProcess process(String name, Class<?> main, List<String> arguments) {
        Path log = directory.resolve("%s-%d.log".formatted(name, processes.size()));
        JavaProcess process =
                JavaProcess.start(
                        List.of(), classPath, environment, log, main.getName(), arguments);
        processes.add(process);
        return process;
    }

    ClusterRest rest() {
        return rest;
    }

    /** Ends all processes with SIGKILL. */
    void kill() {
        processes.forEach(JavaProcess::kill);
    }

    @Override
    public void close() {
        kill();
    }
}
