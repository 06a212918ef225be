package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.mydropout.job.config.InvalidJobException;

/** Tests for {@link JobCommand}. */
class JobCommandTest {

    @Test
    void givesFlinkNoPropertyOfAKafkaClient() throws InvalidJobException {
        Configuration configuration =
                Configuration.fromMap(
                        Map.of(
                                "parallelism.default", "3",
                                "source.topic", "in",
                                "source.properties.any.plugin.option", "hunter1",
                                "sink.properties.sasl.jaas.config", "hunter2",
                                "dead-letter.properties.ssl.key.password", "hunter3"));

        Map<String, String> flink =
                JobCommand.environment(configuration).getConfiguration().toMap();

        assertThat(flink).containsEntry("parallelism.default", "3").containsKey("source.topic");
        assertThat(flink.values()).noneMatch(value -> value.contains("hunter"));
    }
}
