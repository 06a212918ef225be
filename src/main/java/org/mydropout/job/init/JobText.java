package org.mydropout.job.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.text.WordUtils;
import org.apache.flink.configuration.YamlParserUtils;
import org.mydropout.flink.LayerOptions;
import org.mydropout.job.text.PrintableText;

/** The text of a job file: YAML with a comment above each option that was guessed. */
final class JobText {

    private static final int WIDTH = 74;

    /** The first sections, in this order. */
    private static final List<String> SECTIONS =
            List.of("pipeline", "execution", "source", "sink", "dead-letter", "rng", "dropout");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9./][A-Za-z0-9 ./_\\-]*(?<! )");

    private static final Pattern WITHOUT_CONTROLS = Pattern.compile("\\P{Cntrl}*");

    private final JobDraft draft;
    private final Sample sample;
    private final VectorGuess vector;
    private final StringBuilder text = new StringBuilder();

    JobText(JobDraft draft, Sample sample, VectorGuess vector) {
        this.draft = draft;
        this.sample = sample;
        this.vector = vector;
    }

    String text() {
        comment(
                "",
                "Guessed by init from the first %d records of %s: vectors of %s."
                        .formatted(sample.lines().size(), sample.place(), vector.elements()));
        for (String key : draft.secrets()) {
            comment("", "%s is a secret and not written here; give it with -D.".formatted(key));
        }
        Map<String, List<JobDraft.Line>> sections = new LinkedHashMap<>();
        SECTIONS.forEach(name -> sections.put(name, new ArrayList<>()));
        for (JobDraft.Line line : draft.lines()) {
            sections.computeIfAbsent(section(line.key()), name -> new ArrayList<>()).add(line);
        }
        sections.forEach(
                (name, lines) -> {
                    if (name.equals(LayerOptions.LAYERS.key())) {
                        text.append(name).append(": ").append(lines.get(0).value()).append('\n');
                    } else if (!lines.isEmpty()) {
                        text.append(name).append(":\n");
                        lines.forEach(this::append);
                    }
                });
        return text.toString();
    }

    private static String section(String key) {
        int end = key.indexOf('.');
        return end < 0 ? key : key.substring(0, end);
    }

    private void append(JobDraft.Line line) {
        comment("  ", line.comment());
        text.append("  ")
                .append(line.key().substring(section(line.key()).length() + 1))
                .append(": ")
                .append(scalar(line.value()))
                .append('\n');
    }

    private void comment(String indentation, String sentence) {
        if (!sentence.isEmpty()) {
            WordUtils.wrap(PrintableText.printable(sentence), WIDTH)
                    .lines()
                    .forEach(
                            part ->
                                    text.append(indentation)
                                            .append("# ")
                                            .append(part)
                                            .append('\n'));
        }
    }

    /** A value that Flink's parser reads as this text. */
    private static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && isReadAs(value, value)) {
            return value;
        }
        String quoted = "'" + value.replace("'", "''") + "'";
        return WITHOUT_CONTROLS.matcher(value).matches()
                ? quoted
                : YamlParserUtils.toYAMLString(value).strip();
    }

    private static boolean isReadAs(String yaml, String value) {
        Object read = YamlParserUtils.convertToObject(yaml, Object.class);
        return read != null && read.toString().equals(value);
    }
}
