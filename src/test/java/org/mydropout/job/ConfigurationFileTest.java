package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@code conf/config.yaml}, including the settings that are switched off. */
class ConfigurationFileTest {

    private static final Path FILE = Path.of("conf", "config.yaml");

    private static final Configuration SHIPPED =
            GlobalConfiguration.loadConfiguration(FILE.getParent().toString());

    @TempDir private Path directory;

    @Test
    void jobsSurviveFailures() {
        assertThat(SHIPPED.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(SHIPPED.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION))
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        assertThat(SHIPPED.get(RestartStrategyOptions.RESTART_STRATEGY))
                .isEqualTo("exponential-delay");
        assertThat(
                        SHIPPED.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(
                        SHIPPED.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(SHIPPED.get(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS))
                .isEqualTo(6);
    }

    @Test
    void genericTypesAndGeneratedUidsAreRefused() {
        assertThat(SHIPPED.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(SHIPPED.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    }

    @Test
    void settingsThatAreSwitchedOffAreFlinksWhenSwitchedOn() throws IOException {
        assertThat(SHIPPED.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).isEmpty();
        assertThat(HighAvailabilityMode.fromConfig(SHIPPED)).isEqualTo(HighAvailabilityMode.NONE);

        Configuration all = withAllSwitchedOn();

        assertThat(all.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo("file:///path/on/every/machine");
        assertThat(all.get(CheckpointingOptions.SAVEPOINT_DIRECTORY))
                .isEqualTo("file:///path/on/every/machine/savepoints");
        assertThat(HighAvailabilityMode.fromConfig(all)).isEqualTo(HighAvailabilityMode.ZOOKEEPER);
        assertThat(all.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM)).isEqualTo("HOST:2181");
        assertThat(all.get(HighAvailabilityOptions.HA_STORAGE_PATH))
                .isEqualTo("file:///path/on/every/machine");
        assertThat(all.toMap()).containsAllEntriesOf(SHIPPED.toMap());
        assertThat(all.toMap())
                .containsEntry(
                        "metrics.reporter.prometheus.factory.class",
                        PrometheusReporterFactory.class.getName())
                .containsEntry("metrics.reporter.prometheus.port", "9250-9260");
        assertThat(all.keySet()).hasSize(SHIPPED.keySet().size() + 7);
    }

    private Configuration withAllSwitchedOn() throws IOException {
        Files.writeString(
                directory.resolve(FILE.getFileName()),
                Files.readString(FILE).replaceAll("(?m)^( *)#(?=\\w)", "$1"));
        return GlobalConfiguration.loadConfiguration(directory.toString());
    }
}
