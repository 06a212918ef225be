package org.mydropout.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.mydropout.job.config.InvalidJobException;

/** Flink's web interface for a job that runs in this process. */
final class WebInterface {

    /** The number of ports to try, from the configured one on. */
    private static final int PORTS = 20;

    /** The page's place in flink-runtime-web, whose classes Flink's WebMonitorUtils looks for. */
    private static final String PAGE = "/web/index.html";

    private WebInterface() {}

    /**
     * Switches the interface on.
     *
     * @param configuration the configuration of the job; receives the port
     * @return the address of the interface
     * @throws InvalidJobException if the job runs elsewhere, the interface is not on the class path
     *     or no port is free
     */
    static String open(Configuration configuration) throws InvalidJobException {
        String target = configuration.get(DeploymentOptions.TARGET);
        if (target != null && !target.equals("local")) {
            throw new InvalidJobException(
                    List.of(
                            ("--web must be left out where execution.target is %s: the cluster has a"
                                            + " web interface of its own.")
                                    .formatted(target)));
        }
        if (WebInterface.class.getResource(PAGE) == null) {
            throw new InvalidJobException(
                    List.of(
                            "--web needs Flink's artifact flink-runtime-web on the class path, where it"
                                    + " is not."));
        }
        int port = freePort(configuration.get(RestOptions.PORT));
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.BIND_ADDRESS, "localhost"); // visible on this machine only
        configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
        return "http://localhost:" + port;
    }

    private static int freePort(int first) throws InvalidJobException {
        return IntStream.range(first, first + PORTS)
                .filter(WebInterface::isFree)
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidJobException(
                                        List.of(
                                                "rest.port must be a port that is free, or one of the"
                                                        + " %d after it, but is %d."
                                                                .formatted(PORTS - 1, first))));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
