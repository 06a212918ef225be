package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The text of fields that are added to a line: members of a JSON object, or cells of a CSV row.
 *
 * @param names in the order in which they are added
 * @param dialect of the rows; null: lines are JSON
 */
record AddedFields(List<String> names, @Nullable CsvDialect dialect) implements Serializable {

    private static final byte[] NONE = {};

    /** Those that the layers of a job add. */
    static AddedFields ofLayers(RecordSchema schema, @Nullable CsvDialect dialect) {
        return new AddedFields(
                schema.addedFields().stream()
                        .filter(field -> !field.equals(RecordSchema.SPLIT_FIELD))
                        .toList(),
                dialect);
    }

    /**
     * The text of some values, with a delimiter before each.
     *
     * @param values Integers, Floats and Strings by the names of their fields; a JSON object has no
     *     member for one that is missing, and a row has an empty cell
     */
    byte[] text(Map<String, Object> values) {
        if (names.isEmpty()) {
            return NONE;
        }
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            Object value = values.get(name);
            if (dialect != null) {
                text.append(dialect.delimiter()).append(cell(value));
            } else if (value != null) {
                text.append(',').append(JsonTokens.quoted(name));
                text.append(':').append(json(value));
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static String json(Object value) {
        return value instanceof String text ? JsonTokens.quoted(text) : number(value);
    }

    private String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return CsvHeader.cell(value instanceof String text ? text : number(value), dialect);
    }

    private static String number(Object value) {
        return value instanceof Float number
                ? new String(VectorText.value(number), UTF_8)
                : value.toString();
    }
}
