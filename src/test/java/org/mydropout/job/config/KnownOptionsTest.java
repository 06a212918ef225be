package org.mydropout.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.SinkOptions;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.connector.file.src.reader.StreamFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.LayerOptions;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.connector.CsvOptions;
import org.mydropout.job.connector.file.FileOptions;
import org.mydropout.job.connector.kafka.KafkaOptions;

/** Tests for {@link KnownOptions} and its lists. */
class KnownOptionsTest {

    static Stream<Arguments> owners() {
        return Stream.of(
                Arguments.of("dropout", List.of(DropoutOptions.class)),
                Arguments.of("rng", List.of(RngOptions.class)),
                Arguments.of("layers", List.of(LayerOptions.class)),
                Arguments.of("job", List.of(JobOptions.class, CsvOptions.class)),
                Arguments.of("filesystem", List.of(FileOptions.class)),
                Arguments.of("kafka", List.of(KafkaOptions.class)),
                Arguments.of(
                        "flink",
                        List.of(StreamFormat.class, SourceReaderOptions.class, SinkOptions.class)));
    }

    @ParameterizedTest
    @MethodSource("owners")
    void hasEveryOptionThatAnOwnerNames(String owner, List<Class<?>> classes) throws Exception {
        List<ConfigOption<?>> named = new ArrayList<>();
        for (Class<?> options : classes) {
            for (var field : options.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    named.add((ConfigOption<?>) field.get(null));
                }
            }
        }

        assertThat(named).isNotEmpty();
        assertThat(KnownOptions.all().get(owner)).containsAll(named);
    }

    @Test
    void hasEachOptionOnce() {
        assertThat(keys()).doesNotHaveDuplicates().containsAll(KnownOptions.KEYS);
        assertThat(KnownOptions.all().keySet())
                .containsExactly("dropout", "rng", "layers", "job", "filesystem", "kafka", "flink");
    }

    static Stream<ConfigOption<?>> ours() {
        return KnownOptions.all().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("flink"))
                .map(Map.Entry::getValue)
                .flatMap(Collection::stream);
    }

    @ParameterizedTest
    @MethodSource("ours")
    void describesEachInSentences(ConfigOption<?> option) {
        String text =
                new HtmlFormatter().format(option.description()).replaceAll("<[^>]*>", "").strip();

        assertThat(text).matches("(?s)[A-Z].{20,}\\.");
    }

    private static List<String> keys() {
        return KnownOptions.all().values().stream()
                .flatMap(Collection::stream)
                .map(ConfigOption::key)
                .toList();
    }
}
