package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for {@link Secrets}, {@link FilteredWriter} and {@link Main}. */
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
                "password=hunter2;",
                "password = hunter2 ;",
                "password=\nhunter2\nuser=x;",
                "password=\"hunter2\";",
                "password='hunter2';",
                "password=\"hunt\\er2\" x='y';"
            })
    void hidesTheValuesOfALogin(String options) {
        secrets.add(
                Map.of(
                        "source.properties.sasl.jaas.config",
                        "Login required storeKey=\"true\" " + options));

        assertThat(secrets.hidden("Not hunter2.")).isEqualTo("Not ******.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "'true'", "\"true\""})
    void leavesTheSwitchesOfALogin(String value) {
        secrets.add(Map.of("sink.properties.sasl.jaas.config", "Login required storeKey=" + value));

        assertThat(secrets.hidden("It is true.")).isEqualTo("It is true.");
    }

    @Test
    void hidesAPasswordWithTheOtherQuoteInIt() {
        secrets.add(Map.of("sink.properties.sasl.jaas.config", "Login p=\"it's hunter2\";"));

        assertThat(secrets.hidden("it's hunter2")).isEqualTo("******");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--Dsource.properties.ssl.key.password=hunter2", "--s3.secret-key=hunter2"})
    void hidesWhatIsSecretInAnArgumentThatIsRefused(String argument) {
        Outcome outcome = JobRunner.run("run", "job.yaml", argument);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("=******").doesNotContain("hunter");
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
