package org.mydropout.job.config;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.YamlParserUtils;

/**
 * Reads a job file: Flink configuration as nested YAML, by Flink's own {@link YamlParserUtils}.
 *
 * <p>There are three layers, each overriding the one before: {@code conf/config.yaml} below the
 * working directory, the job file, and the values on the command line. If {@code FLINK_CONF_DIR} is
 * set, as by Flink's own scripts, Flink has read its configuration from there, and the first layer
 * is skipped.
 */
public final class JobFile {

    private static final String FLINK_CONF_DIR = "FLINK_CONF_DIR";
    private static final File BASE = new File("conf", "config.yaml");

    /**
     * Far more than any configuration has. The limit is needed because nested YAML aliases grow
     * exponentially.
     */
    private static final int MAX_KEYS = 10_000;

    private static final int MAX_DEPTH = 32;

    private final File file;
    private final Configuration configuration = new Configuration();
    private final List<String> problems = new ArrayList<>();
    private int keys;

    private JobFile(File file) {
        this.file = file;
    }

    /**
     * Reads a job file and the layers below and above it.
     *
     * @param jobFile the job file
     * @param overrides the values on the command line
     * @return the configuration, with keys flattened to {@code a.b.c}
     * @throws InvalidJobException if a file cannot be read as a configuration
     */
    public static Configuration read(File jobFile, Map<String, String> overrides)
            throws InvalidJobException {
        Configuration configuration = base();
        configuration.addAll(new JobFile(jobFile).read());
        overrides.forEach(configuration::setString);
        return configuration;
    }

    /**
     * Reads {@code conf/config.yaml} below the working directory, the lowest layer of every job.
     *
     * @return the configuration; empty if Flink has read its own, or if the file does not exist
     * @throws InvalidJobException if it cannot be read as a configuration
     */
    public static Configuration base() throws InvalidJobException {
        return System.getenv(FLINK_CONF_DIR) == null && BASE.isFile()
                ? new JobFile(BASE).read()
                : new Configuration();
    }

    private Configuration read() throws InvalidJobException {
        parse(TextFile.read(file));
        if (!problems.isEmpty()) {
            throw new InvalidJobException(problems);
        }
        return configuration;
    }

    private void parse(String text) {
        try {
            Map<?, ?> mapping = YamlParserUtils.convertToObject(text, Map.class);
            if (mapping != null) { // null if the file has only comments
                flatten("", mapping, 0);
            }
        } catch (InvalidJobException e) {
            problems.addAll(e.problems());
        } catch (StackOverflowError e) { // the parser recurses into each level
            problems.add(
                    "The file "
                            + file
                            + " must have at most "
                            + MAX_DEPTH
                            + " levels, but has far more.");
        } catch (ClassCastException e) {
            problems.add("The file " + file + " must be a mapping of keys to values.");
        } catch (RuntimeException e) { // the parser throws only because of the file
            problems.add(MalformedYaml.sentence(file, text, e));
        }
    }

    /**
     * As Flink's {@code GlobalConfiguration} does it, which reads nothing but config.yaml; but the
     * parts of a split stay together, since their order counts.
     */
    private void flatten(String prefix, Map<?, ?> mapping, int depth) throws InvalidJobException {
        for (Map.Entry<?, ?> entry : mapping.entrySet()) {
            String key = prefix + entry.getKey();
            Object value = entry.getValue();
            if (keys >= MAX_KEYS || depth >= MAX_DEPTH) {
                throw new InvalidJobException(
                        List.of(
                                "The file %s must have at most %d keys in %d levels, but has more."
                                        .formatted(file, MAX_KEYS, MAX_DEPTH)));
            }
            if (value instanceof Map<?, ?> nested
                    && !key.equals(SelectionOptions.SPLIT_INTO.key())) {
                flatten(key + ".", nested, depth + 1);
            } else if (value == null) {
                keys++;
                problems.add("The key " + key + " in " + file + " must have a value.");
            } else {
                keys++;
                configuration.setString(
                        key,
                        value instanceof List<?> || value instanceof Map<?, ?>
                                ? YamlParserUtils.toYAMLString(value)
                                : value.toString());
            }
        }
    }
}
