package org.mydropout.job.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.config.Connectors;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.text.TextFormat;

/** The options of a job file in the making: those that the user gives, and guesses. */
final class JobDraft {

    private final Map<String, String> given;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /**
     * An option in the job file.
     *
     * @param comment why it has this value
     */
    record Line(String key, String value, String comment) {}

    /**
     * @param given the options that no guess replaces
     */
    JobDraft(Map<String, String> given) {
        this.given = new LinkedHashMap<>(given); // in the order of the job file
    }

    /**
     * Sets an option, unless the user has given it. One of {@link RngOptions} has the name that the
     * options so far use.
     */
    void guess(ConfigOption<?> option, Object value, String comment) {
        guess(name(option), value, comment);
    }

    private String name(ConfigOption<?> option) {
        return RngOptions.ALL.contains(option)
                ? RngOptions.nameIn(configuration(), option)
                : option.key();
    }

    /** Sets an option, unless the user has given it. */
    void guess(String key, Object value, String comment) {
        lines.put(
                key,
                given.containsKey(key)
                        ? new Line(key, given.get(key), "")
                        : new Line(key, value.toString(), comment));
    }

    /** The value that the user has given for an option. */
    Optional<String> given(ConfigOption<?> option) {
        return Optional.ofNullable(given.get(name(option)));
    }

    /** All options that the user has given. */
    Map<String, String> given() {
        return given;
    }

    /** The options so far. */
    Configuration configuration() {
        Configuration configuration = Configuration.fromMap(given);
        lines.values().forEach(line -> configuration.setString(line.key(), line.value()));
        return configuration;
    }

    /**
     * The options so far, to read lines as they are: of the formats, JSON changes none, and takes
     * the header of CSV for a line.
     */
    Configuration ofRawLines() {
        Map<String, String> options = configuration().toMap();
        options.keySet().removeIf(key -> key.startsWith("source.csv."));
        options.put(JobOptions.SOURCE_FORMAT.key(), TextFormat.JSON.toString());
        return Configuration.fromMap(options);
    }

    /** The options so far, and some more for a trial. */
    Configuration configuration(Map<String, String> more) {
        Configuration configuration = configuration();
        more.forEach(
                (key, value) -> {
                    if (!given.containsKey(key)) {
                        configuration.setString(key, value);
                    }
                });
        return configuration;
    }

    /** The options for the job file, without secrets. */
    List<Line> lines() {
        List<Line> all = new ArrayList<>(lines.values());
        given.forEach(
                (key, value) -> {
                    if (!lines.containsKey(key)) {
                        all.add(new Line(key, value, ""));
                    }
                });
        all.removeIf(line -> Connectors.isSecret(line.key()));
        return all;
    }

    /** The keys of secrets, which are not written. */
    List<String> secrets() {
        return given.keySet().stream().filter(Connectors::isSecret).sorted().toList();
    }
}
