package org.mydropout.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.random.PrngKey;

/**
 * A configuration of {@code golden/records.json}, and Flax's results for some records.
 *
 * @param options the {@code dropout.*} options that the configuration was read from
 */
public record GoldenCase(
        Map<String, String> options, DropoutConfig config, List<GoldenRecord> records) {

    /** A record; its key is the one before Linen's last fold. */
    public record GoldenRecord(Sample input, PrngKey key, Sample expected) {}

    public static Stream<GoldenCase> all() {
        return GoldenVectors.rows("records.json", "cases").map(GoldenCase::of);
    }

    private static GoldenCase of(JsonNode golden) {
        Configuration options = new Configuration();
        golden.required("options")
                .properties()
                .forEach(
                        option ->
                                options.setString(
                                        "dropout." + option.getKey(), text(option.getValue())));
        return new GoldenCase(
                options.toMap(),
                DropoutConfig.from(options),
                GoldenVectors.elements(golden.required("records"))
                        .map(GoldenCase::goldenRecord)
                        .toList());
    }

    private static GoldenRecord goldenRecord(JsonNode record) {
        return new GoldenRecord(
                sample(record, "x"),
                GoldenVectors.key(record.required("key")),
                sample(record, "y"));
    }

    private static Sample sample(JsonNode record, String vector) {
        return new Sample(
                record.required("id").asText(),
                new BigInteger(record.required("step").asText()).longValue(),
                GoldenVectors.floats(record.required(vector)),
                "untouched");
    }

    private static String text(JsonNode value) {
        return value.isArray()
                ? GoldenVectors.elements(value)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(";"))
                : value.asText();
    }
}
