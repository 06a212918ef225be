package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Reads one string of a line without decoding the record. */
public final class FieldText {

    private FieldText() {}

    /**
     * A string field of a JSON object; empty if the line is not an object or has no such string.
     */
    public static Optional<String> ofJson(byte[] line, String field) {
        try (JsonParser parser = JsonTokens.FACTORY.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(field);
                JsonToken value = parser.nextToken();
                if (wanted && value == JsonToken.VALUE_STRING) {
                    return Optional.of(parser.getText());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A cell of a CSV row; empty if the line is not a row or the header has no such column. */
    public static Optional<String> ofCsv(byte[] line, CsvHeader header, String column) {
        try {
            int index = header.columns().indexOf(column);
            CsvRow row = CsvRow.of(line, header.dialect());
            return index < 0 || index >= row.cells().size()
                    ? Optional.empty()
                    : Optional.of(row.text(index));
        } catch (RefusedLineException e) {
            return Optional.empty();
        }
    }
}
