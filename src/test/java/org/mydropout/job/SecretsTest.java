package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link Secrets} and {@link FilteredWriter}. */
class SecretsTest {

    private static final String LOGIN =
            "PlainLoginModule required username=\"alice\" password='hunter2-longer';";

    private final Secrets secrets = new Secrets();

    private void addJob() {
        secrets.add(
                Map.of(
                        "source.properties.sasl.jaas.config", LOGIN,
                        "source.properties.ssl.truststore.certificates", "PEM",
                        "sink.properties.ssl.key.password", "hunter2",
                        "sink.properties.any.plugin.secret", "hunter3",
                        "sink.properties.acks", "all",
                        "s3.secret-key", "hunter4",
                        "security.delegation.tokens.enabled", "true",
                        "sink.topic", "images"));
    }

    @Test
    void hidesWhatIsSecret() {
        addJob();

        assertThat(secrets.hidden(LOGIN)).isEqualTo("******");
        assertThat(secrets.hidden("alice hunter2-longer hunter2 hunter3 hunter4 PEM"))
                .isEqualTo("****** ****** ****** ****** ****** ******");
    }

    @Test
    void leavesEverythingElse() {
        addJob();
        String text = "Topic images does not take acks=all, it is true.";

        assertThat(secrets.hidden(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH ('topic' = 'in', 'properties.ssl.keystore.key' = 'it''s hunter2')",
                "WITH ('password'\n=\n'it''s hunter2')",
                "SET 'a.token' 'it''s hunter2'; -- without an equals sign",
                "-- don't\nWITH ('password' = 'it''s hunter2')",
                "WITH ('topic = 'in', 'password' = 'it''s hunter2')"
            })
    void hidesWhatIsSecretInAScript(String script) {
        secrets.addScript(script);

        assertThat(secrets.hidden("in: it's hunter2 or 'it''s hunter2'"))
                .isEqualTo("in: ****** or '******'");
    }

    @Test
    void filtersWhatIsPrintedInPieces() {
        addJob();
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(new FilteredWriter(printed, secrets), true);

        out.print("hun");
        out.print("ter2");
        out.printf(", %s%n", "hunter3");

        assertThat(printed).hasToString("******, ******\n");
    }
}
