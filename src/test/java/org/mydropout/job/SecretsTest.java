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

    /** Summaries contain such numbers: with thousands separators, in ratios, and in seconds. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "42", "000", "100", "0000", "1000", "9000", "1234"})
    void leavesTheNumbersOfASummary(String secret) {
        secrets.add(Map.of("my.password", secret));
        String text =
                """
                records in              1,000  in.jsonl, in 1234.5 s
                records out               100  out
                dead letters                0
                elements kept       1,900,001  0.90000 of all, expected 0.90000
                elements dropped           42
                """;

        assertThat(secrets.hidden(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "42", "a$", "123"})
    void hidesAShortSecretWhereItStandsAsAValue(String secret) {
        secrets.add(Map.of("my.password", secret));

        assertThat(
                        secrets.hidden(
                                "Could not parse value '%1$s' for key 'my.password'; my.password=%1$s, \"%1$s\""
                                        .formatted(secret)))
                .isEqualTo(
                        "Could not parse value '******' for key 'my.password';"
                                + " my.password=******, \"******\"");
    }

    @Test
    void hidesALongNumberWhereItIsWhole() {
        secrets.add(Map.of("my.password", "8211"));

        assertThat(secrets.hidden("Not 8211, pin:8211. But 82110, 0.8211 and 8211,000."))
                .isEqualTo("Not ******, pin:******. But 82110, 0.8211 and 8211,000.");
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
