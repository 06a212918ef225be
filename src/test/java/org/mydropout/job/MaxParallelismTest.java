package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.job.config.InvalidJobException;

/** Tests for {@link MaxParallelism}. */
class MaxParallelismTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 86, 128})
    void doNotDependOnTheParallelism(int parallelism) throws InvalidJobException {
        assertThat(maxParallelism(new Configuration(), parallelism)).isEqualTo(128);
    }

    @Test
    void areThoseOfTheConfigurationWhereItNamesThem() throws InvalidJobException {
        Configuration configuration =
                new Configuration().set(PipelineOptions.MAX_PARALLELISM, 4096);

        assertThat(maxParallelism(configuration, 129)).isEqualTo(4096);
    }

    @Test
    void areTheDefaultInTheConfigurationFile() {
        assertThat(
                        GlobalConfiguration.loadConfiguration("conf")
                                .get(PipelineOptions.MAX_PARALLELISM))
                .isEqualTo(MaxParallelism.DEFAULT);
    }

    @Test
    void refuseAGreaterParallelism() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> maxParallelism(new Configuration(), 129))
                .satisfies(
                        refused ->
                                assertThat(refused.problems())
                                        .containsExactly(
                                                "parallelism.default must be at most"
                                                        + " pipeline.max-parallelism, which is 128,"
                                                        + " but is 129; no savepoint can be restored"
                                                        + " under another pipeline.max-parallelism."));
    }

    private static int maxParallelism(Configuration configuration, int parallelism)
            throws InvalidJobException {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism));
        MaxParallelism.set(environment);
        return environment.getMaxParallelism();
    }
}
