package org.mydropout.job.connector.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.connector.FailureRule;
import org.mydropout.job.connector.PermanentFailureException;
import org.mydropout.job.text.MessageMetadata;
import org.mydropout.job.text.RecordEncoder;

/** Tests for {@link FailFastFileSink}. */
class FailFastFileSinkTest {

    @TempDir private java.nio.file.Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"BATCH", "STREAMING"})
    void failsAtOnceWhereADirectoryHasBecomeAFile(String mode) throws IOException {
        java.nio.file.Path file = Files.createFile(directory.resolve("out"));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        1,
                        Configuration.fromMap(
                                Map.of(
                                        "execution.runtime-mode", mode,
                                        "execution.checkpointing.interval", "1 d",
                                        "restart-strategy.type", "fixed-delay",
                                        "restart-strategy.fixed-delay.attempts", "1",
                                        "restart-strategy.fixed-delay.delay", "1 d")));
        environment
                .fromData("a", "b")
                .sinkTo(
                        LineFiles.sink(
                                new Path(file.toUri()), ".jsonl", Optional.empty(), new Plain()));

        Throwable failure =
                catchThrowable(environment::execute); // a restart would come after a day

        assertThat(ExceptionUtils.getThrowableList(failure))
                .filteredOn(PermanentFailureException.class::isInstance)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("No more can be written into file:" + file + ": ");
    }

    /** Writes texts. */
    private static final class Plain implements RecordEncoder<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public void encode(String value, OutputStream out) throws IOException {
            out.write(value.getBytes(UTF_8));
        }

        @Override
        public MessageMetadata metadata(String value) {
            return null;
        }
    }

    @Test
    void leavesFailuresOfStoresOnANetworkToTheRestartStrategy() {
        FailureRule local = FailFastFileSink.rule(new Path(directory.toUri()));
        IOException full = new IOException("No space left on device");

        assertThat(local.permanent(new IllegalStateException("x", full)))
                .contains(
                        "No more can be written into %s: No space left on device."
                                .formatted(new Path(directory.toUri())));
        assertThat(local.permanent(new IllegalStateException("x"))).isEmpty();
        assertThat(FailFastFileSink.rule(new Path("far://host/out")).permanent(full)).isEmpty();
    }
}
