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
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.LayerOptions;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.PrintableText;
import org.mydropout.job.text.ProvenanceText;

/**
 * What a record was made with, as one text in the form of a URI with a query: {@code
 * flink-mydropout/0.1.0?format=1&rate=0.1&seed=42}. It names this project's version, for people;
 * the number of this format; and every option that changes bits and is set, without the prefix
 * {@code dropout.}, {@code rng.} or {@code augment.}, and as {@code deterministic-field} the field
 * that says whether a record passes unchanged. Which field holds what else is left to the job file.
 *
 * <p>Format 1 is that of one dropout on float32, format 2 that of a job with {@code layers}, a
 * {@code sample}, a {@code split} or elements of another type, whose options have their prefix.
 * Every version that has the same format makes the same bits of the same text: where the default of
 * an option changes, or what one means, so does the number.
 */
public final class Provenance {

    private static final String FORMAT = "1";

    private static final String LAYERS_FORMAT = "2";

    /** Possessive to its end, since a group that may give back takes the stack for each option. */
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
            Set.of(
                    DropoutOptions.STEP_TTL,
                    DropoutOptions.KEY_REUSE,
                    RngOptions.STEP_TTL,
                    RngOptions.KEY_REUSE);

    private static final List<ConfigOption<?>> OF_SELECTION =
            List.of(
                    SelectionOptions.SAMPLE_FRACTION,
                    SelectionOptions.SAMPLE_BY,
                    SelectionOptions.SPLIT_INTO,
                    SelectionOptions.SPLIT_BY);

    /** The option of each name in a provenance, by its format. */
    private static final Map<String, Map<String, ConfigOption<?>>> FORMATS =
            Map.of(FORMAT, options(false), LAYERS_FORMAT, options(true));

    private Provenance() {}

    /** The provenance of the records of a job. */
    public static String of(Configuration job) {
        Map<String, String> values = job.toMap();
        boolean layered =
                Stream.of(
                                        LayerOptions.LAYERS,
                                        SelectionOptions.SAMPLE_FRACTION,
                                        SelectionOptions.SPLIT_INTO)
                                .anyMatch(option -> values.containsKey(option.key()))
                        || job.get(JobOptions.SOURCE_FEATURES_TYPE) != ElementType.FLOAT32;
        String format = layered ? LAYERS_FORMAT : FORMAT;
        StringJoiner text = new StringJoiner("&", ProvenanceText.NAME + version() + "?", "");
        text.add("format=" + format);
        FORMATS.get(format)
                .forEach(
                        (name, option) -> {
                            String value = value(values, option);
                            if (option.equals(RngOptions.PROFILE) && value == null) {
                                value = RngOptions.PROFILE.defaultValue();
                            }
                            if (option.equals(LayerOptions.LAYERS) && value != null) {
                                value = LayerOptions.withChecksums(value);
                            }
                            if (value != null) {
                                text.add(name + "=" + URLEncoder.encode(value, UTF_8));
                            }
                        });
        return text.toString();
    }

    /**
     * Whether an option may change bits of a record, so that the provenance contains it if it is
     * set.
     */
    public static boolean names(ConfigOption<?> option) {
        return FORMATS.values().stream().anyMatch(options -> options.containsValue(option));
    }

    /** What a job says of an option, by itself or by the one that it falls back to. */
    @Nullable
    private static String value(Map<String, String> values, ConfigOption<?> option) {
        String value = values.get(option.key());
        for (ConfigOption<?> other : RngOptions.namesakes(option)) {
            value = value == null ? values.get(other.key()) : value;
        }
        return value;
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
        String format = text.group(1);
        Map<String, ConfigOption<?>> options = FORMATS.get(format);
        if (options == null) {
            throw refused(
                    "have the format %s, which this version reads",
                    FORMAT + " or " + LAYERS_FORMAT, provenance);
        }
        Configuration restored = without(job);
        Matcher option = OPTION.matcher(text.group(2));
        while (option.find()) {
            ConfigOption<?> named = options.get(option.group(1));
            if (named == null) {
                throw refused(
                        "name options of format %s", format, option.group(1) + " in " + provenance);
            }
            try {
                restored.setString(named.key(), URLDecoder.decode(option.group(2), UTF_8));
            } catch (IllegalArgumentException e) {
                throw refused("be percent-encoded in format %s", format, provenance);
            }
        }
        return restored;
    }

    private static Configuration without(Configuration job) {
        Configuration rest = new Configuration(job);
        FORMATS.values().stream()
                .flatMap(options -> options.values().stream())
                .forEach(option -> rest.removeKey(option.key()));
        return rest;
    }

    private static InvalidJobException refused(String rule, String format, String value) {
        return new InvalidJobException(
                List.of(
                        "The provenance of a record must %s, but is %s."
                                .formatted(
                                        rule.formatted(format), PrintableText.printable(value))));
    }

    private static Map<String, ConfigOption<?>> options(boolean layered) {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        options.put("copies", JobOptions.AUGMENT_COPIES);
        options.put("deterministic-field", JobOptions.SOURCE_FIELD_DETERMINISTIC);
        if (layered) {
            options.put("layers", LayerOptions.LAYERS);
            options.put("shape", JobOptions.SOURCE_SHAPE);
            options.put("features-type", JobOptions.SOURCE_FEATURES_TYPE);
            for (ConfigOption<?> option : OF_SELECTION) {
                options.put(option.key(), option);
            }
            for (ConfigOption<?> option : DropoutOptions.ALL) {
                if (RngOptions.namesakes(option).isEmpty()) {
                    options.put(option.key(), option);
                }
            }
        }
        for (ConfigOption<?> option : layered ? RngOptions.ALL : DropoutOptions.ALL) {
            if (!WITHOUT_BITS.contains(option)) {
                options.put(option.key().substring(option.key().indexOf('.') + 1), option);
            }
        }
        return options;
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
