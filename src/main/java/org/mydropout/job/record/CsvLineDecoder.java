package org.mydropout.job.record;

import static org.mydropout.job.record.DeadLetterReason.MALFORMED;
import static org.mydropout.job.record.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.record.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.mydropout.flink.FeatureVector;
import org.mydropout.flink.IdType;

/**
 * Decodes CSV rows, one a line; the vector stands in one cell, its numbers separated by {@code ;}
 * and written as in JSON.
 */
final class CsvLineDecoder extends LineDecoder {

    private final RecordSchema schema;
    private final CsvHeader header;
    private final int idColumn;
    private final int stepColumn;
    private final int featuresColumn;
    private final FieldReader idReader;
    private final FieldReader stepReader;
    private final FieldReader featuresReader;

    /**
     * A decoder for the rows below {@code header}, which has a column for each field that the
     * schema reads.
     */
    CsvLineDecoder(RecordSchema schema, CsvHeader header) {
        this.schema = schema;
        this.header = header;
        this.idColumn = header.columns().indexOf(schema.idField());
        this.stepColumn = header.columns().indexOf(schema.stepField());
        this.featuresColumn = header.columns().indexOf(schema.featuresField());
        this.idReader = new FieldReader(schema.idField());
        this.stepReader = new FieldReader(schema.stepField());
        this.featuresReader = new FieldReader(schema.featuresField());
    }

    @Override
    LineRecord decode(byte[] text) throws RefusedLineException {
        CsvRow row = CsvRow.of(text);
        if (row.cells().size() != header.columns().size()) {
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must have as many cells as the header, "
                            + header.columns().size()
                            + ", but has "
                            + row.cells().size()
                            + ".");
        }
        boolean named = schema.idType() == IdType.STRING;
        String name = named ? idReader.name(row.text(idColumn)) : null;
        long id = named ? 0 : idReader.id(number(row, idColumn, idReader), schema.idType());
        long step =
                schema.stepFromRecord()
                        ? stepReader.step(number(row, stepColumn, stepReader), schema.stepType())
                        : 0;
        float[] features = vector(row.text(featuresColumn));
        return new LineRecord(new FeatureVector(id, step, features), name, template(row));
    }

    private static String number(CsvRow row, int column, FieldReader reader)
            throws RefusedLineException {
        String text = row.text(column);
        if (text.isEmpty()) {
            throw reader.refuse(NULL_FIELD, "a whole number", "empty");
        }
        return text;
    }

    private float[] vector(String cell) throws RefusedLineException {
        String rule = "numbers separated by ';'";
        if (cell.indexOf(',') >= 0) {
            throw featuresReader.refuse(WRONG_TYPE, rule, Values.quoted(cell));
        }
        try (JsonParser parser =
                JsonLineDecoder.FACTORY.createParser('[' + cell.replace(';', ',') + ']')) {
            parser.nextToken();
            float[] values = featuresReader.vector(parser);
            if (parser.nextToken() != null) {
                throw featuresReader.refuse(WRONG_TYPE, rule, Values.quoted(cell));
            }
            return values;
        } catch (JacksonException e) {
            throw featuresReader.refuse(WRONG_TYPE, rule, Values.quoted(cell));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading characters in memory failed.", e);
        }
    }

    private LineTemplate template(CsvRow row) {
        Span vector = row.cells().get(featuresColumn);
        if (schema.stepFromRecord()) {
            return LineTemplate.cut(row.line(), vector);
        }
        if (stepColumn >= 0) {
            return LineTemplate.cut(row.line(), vector, row.cells().get(stepColumn));
        }
        byte[] line = Arrays.copyOf(row.line(), row.line().length + 1);
        line[line.length - 1] = ',';
        return LineTemplate.cut(line, vector, new Span(line.length, line.length));
    }
}
