package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import javax.annotation.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link Logging}. */
class LoggingTest {

    @Nullable private String before;

    @BeforeEach
    void clear() {
        before = System.clearProperty(Logging.PROVIDER);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(Logging.PROVIDER);
        } else {
            System.setProperty(Logging.PROVIDER, before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain job.yaml --id 1",
                "sheet job.yaml -o sheet.html",
                "init --from in.csv -o job.yaml",
                "options",
                "completion bash"
            })
    void commandsWithoutAJobStartTheSimpleLogger(String command) throws Exception {
        start(command);

        assertThat(System.getProperty(Logging.PROVIDER)).isEqualTo(Logging.SIMPLE);
        assertThat(Class.forName(Logging.SIMPLE)).as("Log4j has it").isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run job.yaml", "verify job.yaml"})
    void commandsWithAJobStartWhatTheConfigurationSays(String command) {
        start(command);

        assertThat(System.getProperty(Logging.PROVIDER)).isNull();
    }

    @Test
    void keepsWhatIsSet() {
        System.setProperty(Logging.PROVIDER, "mine");

        start("explain job.yaml --id 1");

        assertThat(System.getProperty(Logging.PROVIDER)).isEqualTo("mine");
    }

    private static void start(String command) {
        Logging.start(
                Main.commandLine(new StringWriter(), new StringWriter())
                        .parseArgs(command.split(" ", -1)));
    }
}
