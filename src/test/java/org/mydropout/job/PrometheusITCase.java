package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.job.augment.DecodeFunction;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;
import org.mydropout.job.text.TextRecordAccessor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;

/**
 * Tests for what Flink's Prometheus reporter shows of a job, and for the page and the dashboard
 * that name it.
 */
class PrometheusITCase {

    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    private static final Pattern NAME = Pattern.compile("flink_\\w+");

    /** What the page of the metrics calls them. */
    private static final List<String> NAMES =
            List.of(
                    "dropout_records",
                    "dropout_elementsKept",
                    "dropout_elementsDropped",
                    "dropout_keysReused",
                    "dropout_droppedRatio",
                    "dropout_expectedDroppedRatio",
                    "dropout_vectorLengthMin",
                    "dropout_vectorLengthMax",
                    "dropout_nanosecondsPerRecord",
                    "reason_deadLetters");

    @Test
    void showsTheMetricsOfTheOperators() throws Exception {
        int port = freePort();
        Configuration configuration = new Configuration();
        configuration.setString(
                "metrics.reporter.prometheus.factory.class",
                "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        configuration.setString("metrics.reporter.prometheus.port", Integer.toString(port));
        configuration.setString("execution.checkpointing.interval", "1 h");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        RecordSchema schema =
                new RecordSchema(
                        "id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ,
                        "features",
                        FeaturesEncoding.ARRAY,
                        null,
                        null);
        SingleOutputStreamOperator<TextRecord> records =
                environment
                        .fromSequence(0, Long.MAX_VALUE)
                        .map(PrometheusITCase::line, TypeInformation.of(SourceRecord.class))
                        .process(new DecodeFunction(schema, null, null, null, null, false, true));
        records.map(
                        new DropoutMapFunction<>(
                                DropoutConfig.builder().rate(0.5).seed(42).build(),
                                new TextRecordAccessor(schema, null)))
                .returns(TextRecord.class)
                .sinkTo(new DiscardingSink<>());
        JobClient job = environment.executeAsync("metrics");
        try {
            await("all metrics are shown")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .untilAsserted(
                            () ->
                                    assertThat(scrape(port))
                                            .contains(
                                                    NAMES.stream()
                                                            .map(
                                                                    name ->
                                                                            "\n" + OPERATOR + name
                                                                                    + "{")
                                                            .toList())
                                            .contains(
                                                    dashboardNames()
                                                            .map(name -> "\n" + name + "{")
                                                            .toList())
                                            .contains(
                                                    "reason=\"MALFORMED\"", "job_name=\"metrics\"")
                                            .containsPattern(
                                                    OPERATOR
                                                            + "dropout_vectorLengthMax\\{.*\\} 3\\.0"));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void thePageNamesThemAll() throws Exception {
        String page = Files.readString(Path.of("src", "site", "markdown", "metrics.md"));
        assertThat(page).contains(NAMES.stream().map(name -> "`" + OPERATOR + name + "`").toList());
    }

    /** The names of the metrics in the queries of the dashboard. */
    private static Stream<String> dashboardNames() throws IOException {
        JsonNode dashboard =
                new ObjectMapper()
                        .readTree(
                                Path.of("src", "main", "grafana", "flink-mydropout.json").toFile());
        return dashboard.findValuesAsText("expr").stream()
                .flatMap(query -> NAME.matcher(query).results())
                .map(MatchResult::group);
    }

    private static SourceRecord line(long number) {
        String text =
                number % 2 == 0
                        ? "no record"
                        : "{\"id\":1,\"step\":%d,\"features\":[1,2,3]}".formatted(number & 0xffff);
        byte[] bytes = text.getBytes(UTF_8);
        return new SourceRecord(bytes, bytes.length, "numbers", number);
    }

    private static String scrape(int port) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
