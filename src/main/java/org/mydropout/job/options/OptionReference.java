package org.mydropout.job.options;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.text.WordUtils;

/** Writes all options, or some of them, for a terminal, for the site and for programs. */
public final class OptionReference {

    private static final int COLUMNS = 80;

    /** The titles of the page's parts, by the owner of the options. */
    private static final Map<String, String> TITLES =
            Map.of(
                    "dropout", "Dropout",
                    "job", "Source, sink and dead letter",
                    "flink", "Options of Flink below the same prefixes");

    private static final List<String> HEAD =
            List.of(
                    "# Options",
                    "",
                    "<!-- Made by: options --markdown -->",
                    "",
                    "A job file is Flink configuration, in YAML. It may set every option of Flink, and those below.",
                    "",
                    "| an option is set in | it overrides |",
                    "|---|---|",
                    "| `-Dkey=value` after the job file | all others |",
                    "| the job file | Flink's configuration |",
                    "| Flink's configuration: `conf/config.yaml`, or on a cluster its own and `flink run -Dkey=value` | Flink's defaults |",
                    "",
                    "**Bits**: an option with a mark in this column may change the bits of a record, and is part of the provenance if it",
                    "is set. In addition, a [Kafka](kafka.md) client has its own options `source.properties.*`, `sink.properties.*`",
                    "and `dead-letter.properties.*`.");

    private final List<OptionEntry> entries;

    private OptionReference(List<OptionEntry> entries) {
        this.entries = entries;
    }

    /** All options. */
    public static OptionReference all() {
        return new OptionReference(OptionEntry.all());
    }

    /** The options whose key contains a text. */
    public static OptionReference containing(String text) {
        Predicate<OptionEntry> contains = entry -> entry.key().contains(text);
        return new OptionReference(OptionEntry.all().stream().filter(contains).toList());
    }

    /** Whether there are no options. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The lines for a terminal of 80 columns. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        for (OptionEntry entry : entries) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(entry.key());
            String values = String.join(", ", entry.values());
            lines.addAll(
                    indented(
                            "%s; %s; %s"
                                    .formatted(
                                            values.isEmpty() ? entry.type() : values,
                                            defaultText(entry),
                                            entry.changesBits()
                                                    ? "changes bits"
                                                    : "changes no bit")));
            new PlainDescription()
                    .format(entry.description())
                    .lines()
                    .forEach(line -> lines.addAll(indented(line)));
        }
        return lines;
    }

    private static String defaultText(OptionEntry entry) {
        return entry.defaultValue()
                .map(value -> value.isEmpty() ? "empty by default" : "default " + value)
                .orElse(entry.isRequired() ? "required" : "no default");
    }

    private static List<String> indented(String line) {
        String indent = line.startsWith("- ") ? "      " : "    ";
        return WordUtils.wrap(line, COLUMNS - indent.length(), "\n", false)
                .lines()
                .map(part -> (part.startsWith("- ") ? "    " : indent) + part)
                .toList();
    }

    /** The lines of the site's page. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>(HEAD);
        String owner = "";
        for (OptionEntry entry : entries) {
            if (!entry.owner().equals(owner)) {
                owner = entry.owner();
                lines.add("");
                lines.add("## " + TITLES.getOrDefault(owner, "Connector " + owner));
                lines.add("");
                lines.add("| key | type or values | default | bits | |");
                lines.add("|---|---|---|---|---|");
            }
            lines.add(
                    "| `%s` | %s | %s | %s | %s |"
                            .formatted(
                                    entry.key(),
                                    entry.values().isEmpty()
                                            ? entry.type()
                                            : "`" + String.join("`, `", entry.values()) + "`",
                                    entry.defaultValue()
                                            .filter(value -> !value.isEmpty())
                                            .map(value -> "`" + value + "`")
                                            .orElse(entry.isRequired() ? "required" : ""),
                                    entry.changesBits() ? "✓" : "",
                                    new MarkdownDescription().format(entry.description())));
        }
        return lines;
    }

    /**
     * Writes a JSON array with an object for each option: {@code owner}, {@code key}, {@code type},
     * {@code values} if they are few, {@code default} or null, {@code required}, {@code
     * changesBits} and {@code description}.
     */
    public void json(Writer out) throws IOException {
        JsonGenerator json =
                new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartArray();
        for (OptionEntry entry : entries) {
            json.writeStartObject();
            json.writeStringField("owner", entry.owner());
            json.writeStringField("key", entry.key());
            json.writeStringField("type", entry.type());
            if (!entry.values().isEmpty()) {
                json.writeFieldName("values");
                json.writeArray(entry.values().toArray(new String[0]), 0, entry.values().size());
            }
            if (entry.defaultValue().isPresent()) {
                json.writeStringField("default", entry.defaultValue().get());
            } else {
                json.writeNullField("default");
            }
            json.writeBooleanField("required", entry.isRequired());
            json.writeBooleanField("changesBits", entry.changesBits());
            json.writeStringField(
                    "description", new PlainDescription().format(entry.description()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.flush();
    }
}
