package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;
import org.junit.jupiter.api.Test;
import org.mydropout.job.config.InvalidJobException;

/** Tests for {@link WebInterface}. */
class WebInterfaceTest {

    @Test
    void takesTheNextPortThatIsFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Configuration configuration = new Configuration();
            configuration.set(RestOptions.PORT, taken.getLocalPort());
            String address = WebInterface.open(configuration);
            int port = configuration.get(RestOptions.PORT);
            assertThat(port).isGreaterThan(taken.getLocalPort());
            assertThat(configuration.get(RestOptions.BIND_PORT)).isEqualTo(Integer.toString(port));
            assertThat(address).isEqualTo("http://localhost:" + port);
        }
    }

    @Test
    void leavesAClusterItsOwn() {
        Configuration configuration = new Configuration();
        configuration.set(DeploymentOptions.TARGET, "remote");
        assertThatThrownBy(() -> WebInterface.open(configuration))
                .isInstanceOfSatisfying(
                        InvalidJobException.class,
                        e ->
                                assertThat(e.problems())
                                        .containsExactly(
                                                "--web must be left out where execution.target is"
                                                        + " remote: the cluster has a web interface"
                                                        + " of its own."));
    }
}
