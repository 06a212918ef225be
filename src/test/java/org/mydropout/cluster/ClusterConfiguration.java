package org.mydropout.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration directory of a cluster: {@code conf/config.yaml}, options for a cluster on this
 * machine, and the ports of its JobManager.
 *
 * @param directory the directory of the file
 * @param checkpoints the directory of checkpoints
 * @param savepoints the directory of savepoints
 * @param temporary the directory of the processes' temporary files: jars and state
 */
record ClusterConfiguration(Path directory, Path checkpoints, Path savepoints, Path temporary) {

    private static final Path RESOURCES = Path.of("src", "test", "resources", "cluster");

    /** Log4j's configuration of the servers. */
    static final Path SERVER_LOGGING = RESOURCES.resolve("log4j2.properties");

    /**
     * The ports of a JobManager; 0 for any free port.
     *
     * @param rpc the port for TaskManagers
     * @param rest the port for clients
     */
    record Ports(int rpc, int rest) {

        static final Ports ANY = new Ports(0, 0);

        private static final Pattern RPC =
                Pattern.compile("Actor system started at pekko\\.tcp://flink@\\S+:(\\d+)");
        private static final Pattern REST =
                Pattern.compile("Rest endpoint listening at \\S+:(\\d+)");

        /** Finds the ports in the log of a JobManager; empty until it listens on both. */
        static Optional<Ports> in(String log) {
            Matcher rpc = RPC.matcher(log);
            Matcher rest = REST.matcher(log);
            return rpc.find() && rest.find()
                    ? Optional.of(
                            new Ports(
                                    Integer.parseInt(rpc.group(1)),
                                    Integer.parseInt(rest.group(1))))
                    : Optional.empty();
        }
    }

    /** Writes the file again with the given ports. */
    void write(Ports ports) throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(temporary);
        Files.writeString(
                directory.resolve("config.yaml"),
                Files.readString(Path.of("conf", "config.yaml"))
                        + Files.readString(RESOURCES.resolve("config.yaml"))
                        + """
                        jobmanager.rpc.port: %d
                        rest.port: %d
                        execution.checkpointing.dir: %s
                        execution.checkpointing.savepoint-dir: %s
                        io.tmp.dirs: %s
                        """
                                .formatted(
                                        ports.rpc,
                                        ports.rest,
                                        checkpoints.toUri(),
                                        savepoints.toUri(),
                                        temporary));
    }
}
