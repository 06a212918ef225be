package org.mydropout.cluster;

import static org.mydropout.cluster.FlinkCluster.DEADLINE;
import static org.mydropout.cluster.FlinkCluster.until;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mydropout.job.connector.kafka.Broker;

/**
 * A broker in a process of its own, which a test may kill. It starts again with the same ports and
 * data. It ends after the last test of a class, or with the JVM of the tests.
 */
final class BrokerProcess extends Broker implements BeforeAllCallback, AfterAllCallback {

    private static final Path LOGGING =
            Path.of("src", "test", "resources", "cluster", "log4j2-broker.properties");

    private Path directory;
    private Path configuration;
    private int port;
    private JavaProcess process;
    private int starts;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        directory =
                Path.of(
                                "target",
                                "cluster",
                                context.getRequiredTestClass().getSimpleName() + "-broker")
                        .toAbsolutePath();
        FileUtils.deleteDirectory(directory.toFile());
        Files.createDirectories(directory);
        int[] ports = freePorts();
        port = ports[0];
        configuration =
                Files.writeString(directory.resolve("server.properties"), properties(ports[1]));
        JavaProcess format =
                run(
                        "format",
                        StorageTool.class,
                        "format",
                        "--standalone",
                        "--cluster-id",
                        Uuid.randomUuid().toString(),
                        "--config",
                        configuration.toString());
        if (format.exitStatus(DEADLINE) != 0) {
            throw new IllegalStateException("No data directory was made:\n" + format.output());
        }
        start();
    }

    private static int[] freePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }

    private String properties(int controllerPort) {
        return """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
        advertised.listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
        controller.listener.names=CONTROLLER
        controller.quorum.bootstrap.servers=localhost:%2$d
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        auto.create.topics.enable=false
        # A broker that was killed registers again only after this time.
        broker.heartbeat.interval.ms=500
        broker.session.timeout.ms=3000
        """
                .formatted(port, controllerPort, directory.resolve("data"));
    }

    private JavaProcess run(String name, Class<?> mainClass, String... arguments) {
        return JavaProcess.start(
                List.of(),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList(),
                Map.of("LOG4J_CONFIGURATION_FILE", LOGGING.toUri().toString()),
                directory.resolve(name + ".log"),
                mainClass.getName(),
                List.of(arguments));
    }

    /** Starts the broker if it does not run, and waits until it serves clients. */
    void start() {
        until(
                "the broker serves clients",
                () -> {
                    if (process != null && !process.isAlive()) {
                        // Another process may have taken the port for a moment.
                        if (!process.output().contains("BindException")) {
                            throw new AssertionError("The broker has ended:\n" + process.output());
                        }
                        process = null;
                    }
                    if (process == null) {
                        process = run("broker-" + ++starts, Kafka.class, configuration.toString());
                    }
                    return process.output().contains("Kafka Server started");
                });
    }

    /** Ends the broker with SIGKILL. */
    void kill() {
        process.kill();
        process = null;
    }

    /** The process of a broker that runs. */
    JavaProcess process() {
        return process;
    }

    @Override
    public String servers() {
        return "localhost:" + port;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (process != null) {
            process.kill();
        }
    }
}
