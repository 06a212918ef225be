package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.config.KnownOptions;

/** Tests for {@link OptionsCommand}. */
class OptionsCommandTest {

    private static final Path PAGE = Path.of("src", "site", "markdown", "options.md");

    /** {@code mvn -q compile exec:exec -Dargs="options --markdown"} generates the page. */
    @Test
    void thePageOfTheSiteIsWhatItPrints() throws Exception {
        assertThat(JobRunner.run("options", "--markdown").out()).isEqualTo(Files.readString(PAGE));
    }

    @Test
    void printsEveryOptionAtEightyColumns() {
        Outcome outcome = JobRunner.run("options");
        List<String> keys =
                KnownOptions.all().values().stream()
                        .flatMap(Collection::stream)
                        .map(ConfigOption::key)
                        .toList();
        assertThat(outcome.out().lines()).containsAll(keys);
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(outcome.status()).isZero();
    }

    @Test
    void printsTheOptionsWhoseKeyContainsAText() {
        assertThat(JobRunner.run("options", "dropout.id").out())
                .startsWith("dropout.id-type\n    uint32, uint64, string; default uint32; changes")
                .contains("\n    - uint32: from 0 to 2^32-1")
                .doesNotContain("dropout.rate\n");
    }

    @Test
    void printsJson() throws Exception {
        List<String> keys = new ArrayList<>();
        String json = JobRunner.run("options", "--json", "dropout.").out();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token; (token = parser.nextToken()) != null; ) {
                if (token == JsonToken.VALUE_STRING && "key".equals(parser.currentName())) {
                    keys.add(parser.getText());
                }
            }
        }
        assertThat(keys).contains("dropout.rate", "dropout.step-ttl");
        assertThat(json)
                .contains(
                        """
                        "key" : "dropout.seed",
                          "type" : "long",
                          "default" : null,
                          "required" : true,
                          "changesBits" : true,
                        """
                                .stripTrailing())
                .contains("\"values\" : [ \"allow\", \"count\", \"fail\" ]");
    }

    @Test
    void refusesATextThatNoKeyContains() {
        Outcome outcome = JobRunner.run("options", "no.such");
        assertThat(outcome.err())
                .contains("TEXT must be part of an option's key, but is 'no.such'.");
        assertThat(outcome.status()).isEqualTo(2);
    }
}
