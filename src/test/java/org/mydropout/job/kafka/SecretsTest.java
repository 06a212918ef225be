package org.mydropout.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

/** Tests for {@link Secrets}. */
class SecretsTest {

    private static final String LOGIN =
            "PlainLoginModule required username=\"alice\" password='hunter2-longer';";

    private static final Secrets SECRETS =
            Secrets.of(
                    Configuration.fromMap(
                            Map.of(
                                    "source.properties.sasl.jaas.config", LOGIN,
                                    "source.properties.ssl.truststore.certificates", "PEM",
                                    "sink.properties.ssl.key.password", "hunter2",
                                    "sink.properties.any.plugin.secret", "hunter3",
                                    "sink.properties.acks", "all",
                                    "sink.topic", "images")));

    @Test
    void hidesWhatIsSecret() {
        assertThat(SECRETS.hidden(LOGIN)).isEqualTo("******");
        assertThat(SECRETS.hidden("alice hunter2-longer hunter2 hunter3 PEM"))
                .isEqualTo("****** ****** ****** ****** ******");
    }

    @Test
    void leavesEverythingElse() {
        String text = "Topic images does not take acks=all.";

        assertThat(SECRETS.hidden(text)).isEqualTo(text);
    }
}
