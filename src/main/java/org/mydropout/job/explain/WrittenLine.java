package org.mydropout.job.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FieldText;
import org.mydropout.job.text.TextRecord;

/**
 * An output line of a job.
 *
 * @param record the decoded line
 * @param fields the text of the fields that the job added to it, by name, without those that are
 *     not there
 */
record WrittenLine(TextRecord record, Map<String, String> fields) {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /** Copies the fields. */
    WrittenLine {
        fields = Map.copyOf(fields);
    }

    /**
     * Takes the added fields from a line.
     *
     * @param record the decoded line
     * @param added the names of the fields that the job adds
     * @param header of CSV; empty: the line is JSON
     */
    static WrittenLine of(
            byte[] line, TextRecord record, List<String> added, Optional<CsvHeader> header) {
        Map<String, String> fields = new HashMap<>();
        if (header.isPresent()) {
            for (String name : added) {
                FieldText.ofCsv(line, header.get(), name)
                        .filter(cell -> !cell.isEmpty())
                        .ifPresent(cell -> fields.put(name, cell));
            }
        } else {
            fields.putAll(members(line));
            fields.keySet().retainAll(added);
        }
        return new WrittenLine(record, fields);
    }

    /** The members of a JSON object whose values are scalars. */
    private static Map<String, String> members(byte[] line) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    members.put(name, parser.getText());
                }
                parser.skipChildren();
            }
            return members;
        } catch (IOException e) {
            throw new IllegalArgumentException("The line is decoded, but is not JSON.", e);
        }
    }
}
