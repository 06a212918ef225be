package org.mydropout.job.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutOptions;

/**
 * What a record was made with, as one text in the form of a URI with a query: {@code
 * flink-mydropout/0.1.0?rate=0.1&seed=42}. It names this project's version and every option that
 * changes bits and is set, without the prefix {@code dropout.} or {@code augment.}.
 */
final class Provenance {

    private static final String PROJECT = "flink-mydropout/";

    /** They change what state is kept and what is refused, but no bit. */
    private static final Set<ConfigOption<?>> WITHOUT_BITS =
            Set.of(DropoutOptions.STEP_TTL, DropoutOptions.KEY_REUSE);

    private Provenance() {}

    /** The provenance of the records of a job. */
    static String of(Configuration job) {
        List<String> query = new ArrayList<>();
        for (Map.Entry<String, String> key : keys().entrySet()) {
            String value = job.toMap().get(key.getValue());
            if (value != null) {
                query.add(key.getKey() + "=" + URLEncoder.encode(value, UTF_8));
            }
        }
        return PROJECT + version() + "?" + String.join("&", query);
    }

    /**
     * The options of a provenance, under their full keys.
     *
     * @throws InvalidJobException if the text is not one, or of another version, which may have
     *     other defaults
     */
    static Map<String, String> options(String provenance) throws InvalidJobException {
        String start = PROJECT + version() + "?";
        if (!provenance.startsWith(start)) {
            throw new InvalidJobException(
                    List.of(
                            "The provenance of a record must begin with %s, but is %s."
                                    .formatted(start, provenance)));
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String part : provenance.substring(start.length()).split("&", -1)) {
            String[] pair = part.split("=", 2);
            String key = keys().get(pair[0]);
            if (key == null || pair.length < 2) {
                throw new InvalidJobException(
                        List.of(
                                "The provenance of a record must name options, but %s has '%s'."
                                        .formatted(provenance, part)));
            }
            options.put(key, URLDecoder.decode(pair[1], UTF_8));
        }
        return options;
    }

    /** Takes away every option that a provenance may name. */
    static void clear(Configuration job) {
        keys().values().forEach(job::removeKey);
    }

    /** The full key of each option, by its name in a provenance. */
    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("copies", JobOptions.AUGMENT_COPIES.key());
        for (ConfigOption<?> option : DropoutOptions.ALL) {
            if (!WITHOUT_BITS.contains(option)) {
                keys.put(option.key().substring("dropout.".length()), option.key());
            }
        }
        return keys;
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = Provenance.class.getResourceAsStream("/flink-mydropout.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource flink-mydropout.properties is broken.", e);
        }
        return properties.getProperty("version");
    }
}
