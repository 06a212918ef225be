package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CollectionUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutConfigBuilder;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.flink.FeatureVector;
import org.mydropout.flink.StepSource;

/** Tests for the operator in a DataStream program. */
class OperatorTest {

    private static DropoutConfigBuilder config() {
        return DropoutConfig.builder().rate(Flax.RATE).seed(Flax.SEED);
    }

    @Test
    @DisplayName("DropoutMapFunction, step from the record")
    void givesTheArraysOfFlax() throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        List<Reading> output =
                CollectionUtil.iteratorToList(
                        environment
                                .fromData(Flax.input())
                                .keyBy(Reading::sensor)
                                .map(
                                        new DropoutMapFunction<>(
                                                config().build(), new Reading.Accessor()))
                                .uid("dropout")
                                .executeAndCollect());

        assertThat(Flax.bits(output)).isEqualTo(Flax.bits(Flax.output()));
    }

    @Test
    @DisplayName("FeatureVector with its own serializer")
    void movesFeatureVectors() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        List<FeatureVector> input =
                Flax.input().stream()
                        .map(r -> new FeatureVector(r.sensor(), r.epoch(), r.features()))
                        .toList();
        List<FeatureVector> output =
                CollectionUtil.iteratorToList(
                        environment
                                .fromData(input)
                                .map(
                                        new DropoutMapFunction<>(
                                                config().build(), FeatureVector.ACCESSOR))
                                .uid("dropout")
                                .rebalance()
                                .executeAndCollect());

        assertThat(output)
                .containsExactlyInAnyOrderElementsOf(
                        Flax.output().stream()
                                .map(r -> new FeatureVector(r.sensor(), r.epoch(), r.features()))
                                .toList());
    }

    @Test
    @DisplayName("DropoutMapFunction, step from the counter, over a savepoint")
    void counterGoesOnAfterASavepoint(@TempDir Path directory) throws Exception {
        Path input = Files.createDirectories(directory.resolve("input"));
        List<Reading> output = new ArrayList<>();

        write(input.resolve("first"), 0, 1);
        JobClient first = start(input, new Configuration());
        output.addAll(Collected.take(6));
        String savepoint =
                first.stopWithSavepoint(
                                false,
                                directory.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();

        write(input.resolve("second"), 2, 3);
        Configuration restored = new Configuration();
        restored.setString("execution.state-recovery.path", savepoint);
        JobClient second = start(input, restored);
        output.addAll(Collected.take(6));
        second.cancel().get();

        assertThat(Flax.bits(output)).isEqualTo(Flax.bits(Flax.output()));
    }

    /** Writes a line with the sensor for each reading of two steps. The counter gives the steps. */
    private static void write(Path file, long from, long to) throws IOException {
        List<String> lines =
                Flax.input().stream()
                        .filter(r -> r.epoch() >= from && r.epoch() <= to)
                        .map(r -> Long.toString(r.sensor()))
                        .toList();
        Path hidden = file.resolveSibling("." + file.getFileName());
        Files.move(Files.write(hidden, lines), file);
    }

    private static JobClient start(Path input, Configuration configuration) throws Exception {
        configuration.setString("parallelism.default", "2");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        FileSource<String> source =
                FileSource.forRecordStreamFormat(
                                new TextLineInputFormat(),
                                new org.apache.flink.core.fs.Path(input.toUri()))
                        .monitorContinuously(Duration.ofMillis(20))
                        .build();
        environment
                .fromSource(source, WatermarkStrategy.noWatermarks(), "sensors")
                .uid("sensors")
                .map(new ToReading())
                .uid("to-reading")
                .keyBy(Reading::sensor)
                .map(
                        new DropoutMapFunction<>(
                                config().stepFrom(StepSource.COUNTER).build(),
                                new Reading.Accessor()))
                .uid("dropout")
                .map(new Collected())
                .uid("collected")
                .sinkTo(new DiscardingSink<>())
                .uid("discarded");
        return environment.executeAsync();
    }

    private static final class ToReading implements MapFunction<String, Reading> {
        private static final long serialVersionUID = 1L;

        @Override
        public Reading map(String line) {
            long sensor = Long.parseLong(line);
            return new Reading(sensor, -1, Flax.vector(), "place " + sensor);
        }
    }

    /** Passes each reading to the test, which runs in the JVM of the mini cluster. */
    private static final class Collected implements MapFunction<Reading, Reading> {
        private static final long serialVersionUID = 1L;
        private static final BlockingQueue<Reading> QUEUE = new LinkedBlockingQueue<>();

        @Override
        public Reading map(Reading reading) {
            QUEUE.add(reading);
            return reading;
        }

        static List<Reading> take(int count) throws InterruptedException {
            List<Reading> taken = new ArrayList<>();
            while (taken.size() < count) {
                Reading next = QUEUE.poll(2, TimeUnit.MINUTES);
                assertThat(next).as("reading %d of %d", taken.size(), count).isNotNull();
                taken.add(next);
            }
            return taken;
        }
    }
}
