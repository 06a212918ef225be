package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/** Reads all fields of a line whose schema is not known yet. */
public final class LineFields {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");

    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|NaN|-?Infinity");

    private final Map<String, Value> values = new LinkedHashMap<>();

    private LineFields() {}

    /** The type of a value. */
    public enum Kind {
        WHOLE_NUMBER,
        NUMBER,
        TEXT,
        BOOLEAN,
        /** A JSON array of numbers, nested or not. */
        NUMBERS,
        /** JSON's null, or a cell without a character. */
        EMPTY,
        /** Another array, or an object without fields. */
        OTHER
    }

    /**
     * The value of a field.
     *
     * @param text the characters of a number, a text or a boolean; empty for all other kinds
     * @param count the number of elements of {@link Kind#NUMBERS}; 0 for all other kinds
     */
    public record Value(Kind kind, String text, int count) {}

    /**
     * Reads a line.
     *
     * @param header the header of CSV rows; null: the line is JSON
     * @return the fields in the order of the line. A field in a nested object has the path {@code
     *     meta.id}.
     * @throws RefusedLineException if the line is not a JSON object, or not a row with as many
     *     cells as the header
     */
    public static Map<String, Value> of(byte[] line, @Nullable CsvHeader header)
            throws RefusedLineException {
        LineFields fields = new LineFields();
        if (header == null) {
            fields.readObject(line);
        } else {
            fields.readRow(CsvRow.of(line, header.dialect()), header);
        }
        return fields.values;
    }

    private void readRow(CsvRow row, CsvHeader header) throws RefusedLineException {
        if (row.count() != header.columns().size()) {
            throw new RefusedLineException(
                    DeadLetterReason.MALFORMED,
                    "The line must have as many cells as the header, %d, but has %d."
                            .formatted(header.columns().size(), row.count()));
        }
        for (int i = 0; i < row.count(); i++) {
            String text = row.text(i);
            values.put(header.columns().get(i), new Value(kind(text), text, 0));
        }
    }

    private static Kind kind(String text) {
        if (text.isEmpty()) {
            return Kind.EMPTY;
        }
        if (WHOLE_NUMBER.matcher(text).matches()) {
            return Kind.WHOLE_NUMBER;
        }
        if (NUMBER.matcher(text).matches()) {
            return Kind.NUMBER;
        }
        return text.equals("true") || text.equals("false") ? Kind.BOOLEAN : Kind.TEXT;
    }

    private void readObject(byte[] line) throws RefusedLineException {
        try (JsonParser parser = JsonTokens.FACTORY.createParser(line)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            if (isObject) {
                readFields(parser, "");
            }
            if (!isObject || parser.nextToken() != null) {
                throw notAnObject();
            }
        } catch (IOException e) {
            throw notAnObject();
        }
    }

    private static RefusedLineException notAnObject() {
        return new RefusedLineException(
                DeadLetterReason.MALFORMED, "The line must be one JSON object, but is not.");
    }

    private void readFields(JsonParser parser, String prefix) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + parser.currentName();
            switch (parser.nextToken()) {
                case START_OBJECT -> readFields(parser, name + ".");
                case START_ARRAY -> values.put(name, array(parser));
                case VALUE_NUMBER_INT -> put(name, Kind.WHOLE_NUMBER, parser);
                case VALUE_NUMBER_FLOAT -> put(name, Kind.NUMBER, parser);
                case VALUE_STRING -> put(name, Kind.TEXT, parser);
                case VALUE_TRUE, VALUE_FALSE -> put(name, Kind.BOOLEAN, parser);
                case VALUE_NULL -> values.put(name, new Value(Kind.EMPTY, "", 0));
                default -> values.put(name, new Value(Kind.OTHER, "", 0));
            }
        }
    }

    private void put(String name, Kind kind, JsonParser parser) throws IOException {
        values.put(name, new Value(kind, parser.getText(), 0));
    }

    private static Value array(JsonParser parser) throws IOException {
        int depth = 1;
        int count = 0;
        boolean isOfNumbers = true;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                throw new IOException("The array does not end.");
            }
            if (token.isStructStart()) {
                depth++;
                isOfNumbers &= token == JsonToken.START_ARRAY;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                count++;
                isOfNumbers &= token.isNumeric();
            }
        }
        return isOfNumbers ? new Value(Kind.NUMBERS, "", count) : new Value(Kind.OTHER, "", 0);
    }
}
