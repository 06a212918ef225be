package org.mydropout.job.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.job.text.PrintableText;
import org.mydropout.job.text.ProvenanceText;

/**
 * How a record was made, as one text in the form of a URI with a query: {@code
 * flink-mydropout/0.1.0?format=1&rate=0.1&seed=42}. It contains the version of this project, for
 * people; the number of this format; every option that changes bits and is set, without the prefix
 * {@code dropout.} or {@code augment.}; and as {@code deterministic-field} the field that says
 * whether a record passes unchanged. The other fields are named in the job file only.
 *
 * <p>All versions with the same format number make the same bits from the same text. If the default
 * or the meaning of an option changes, so does the number.
 */
public final class Provenance {

    private static final String FORMAT = "1";

    /** Possessive throughout, because backtracking would recurse for each option. */
    private static final Pattern TEXT =
            Pattern.compile(
                    ProvenanceText.NAME
                            + ProvenanceText.VERSION
                            + "\\?format=([^&]*)((?:&[^&=]+=[^&]*)*+)");

    private static final Pattern OPTION = Pattern.compile("&([^&=]+)=([^&]*)");

    /**
     * These options change which state is kept and which records are refused. A {@code step-ttl}
     * also makes the counter start again, but the output record contains its step.
     */
    private static final Set<ConfigOption<?>> WITHOUT_BITS =
            Set.of(DropoutOptions.STEP_TTL, DropoutOptions.KEY_REUSE);

    /** The full key of each option by its name in a provenance. */
    private static final Map<String, String> KEYS = keys();

    private Provenance() {}

    /** The provenance of the records of a job. */
    public static String of(Configuration job) {
        StringJoiner text = new StringJoiner("&", ProvenanceText.NAME + version() + "?", "");
        text.add("format=" + FORMAT);
        Map<String, String> values = job.toMap();
        KEYS.forEach(
                (name, key) -> {
                    if (values.containsKey(key)) {
                        text.add(name + "=" + URLEncoder.encode(values.get(key), UTF_8));
                    }
                });
        return text.toString();
    }

    /**
     * Whether an option may change bits of a record, so that the provenance contains it if it is
     * set.
     */
    public static boolean names(ConfigOption<?> option) {
        return KEYS.containsValue(option.key());
    }

    /** Whether a text is a provenance of any format. */
    public static boolean isProvenance(String text) {
        return TEXT.matcher(text).matches();
    }

    /**
     * A job with the options of a provenance instead of its own.
     *
     * @throws InvalidJobException if the text is not a provenance, or of another format
     */
    public static Configuration restore(Configuration job, String provenance)
            throws InvalidJobException {
        Matcher text = TEXT.matcher(provenance);
        if (!text.matches()) {
            throw refused("be flink-mydropout/VERSION?format=%s&…", FORMAT, provenance);
        }
        if (!text.group(1).equals(FORMAT)) {
            throw refused("have the format %s, which this version reads", FORMAT, provenance);
        }
        Configuration restored = without(job);
        Matcher option = OPTION.matcher(text.group(2));
        while (option.find()) {
            String key = KEYS.get(option.group(1));
            if (key == null) {
                throw refused(
                        "name options of format %s", FORMAT, option.group(1) + " in " + provenance);
            }
            try {
                restored.setString(key, URLDecoder.decode(option.group(2), UTF_8));
            } catch (IllegalArgumentException e) {
                throw refused("be percent-encoded in format %s", FORMAT, provenance);
            }
        }
        return restored;
    }

    private static Configuration without(Configuration job) {
        Configuration rest = new Configuration(job);
        KEYS.values().forEach(rest::removeKey);
        return rest;
    }

    private static InvalidJobException refused(String rule, String format, String value) {
        return new InvalidJobException(
                List.of(
                        "The provenance of a record must %s, but is %s."
                                .formatted(
                                        rule.formatted(format), PrintableText.printable(value))));
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("copies", JobOptions.AUGMENT_COPIES.key());
        keys.put("deterministic-field", JobOptions.SOURCE_FIELD_DETERMINISTIC.key());
        for (ConfigOption<?> option : DropoutOptions.ALL) {
            if (!WITHOUT_BITS.contains(option)) {
                keys.put(option.key().substring("dropout.".length()), option.key());
            }
        }
        return keys;
    }

    /** This project's version. */
    public static String version() {
        Properties properties = new Properties();
        try (InputStream in = Provenance.class.getResourceAsStream("/flink-mydropout.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource flink-mydropout.properties is broken.", e);
        }
        return properties.getProperty("version");
    }
}
