package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.annotation.Nullable;

/**
 * Reads the vector of a row, whose numbers are written as in JSON. A cell that begins with a
 * bracket is an array, as pandas writes a list; in another one, or in brackets without a comma, the
 * dialect's array delimiter stands between the numbers. A vector of several columns has one number
 * in each. With an encoding of base64 the vector is the text of one cell.
 */
final class CsvVectorReader {

    private final CsvHeader header;
    private final CsvDialect dialect;
    private final ColumnRange columns;
    private final FieldReader field;
    private final VectorReader array;
    private final DelimitedVectorReader numbers;
    @Nullable private final Base64Vector base64;
    private Elements elements;
    @Nullable private int[] shape;
    private VectorNotation notation;
    private ByteRange place;

    CsvVectorReader(RecordSchema schema, CsvHeader header) {
        this.header = header;
        this.dialect = header.dialect();
        this.columns = ColumnRange.of(schema.featuresField(), header.columns());
        this.field = new FieldReader(schema.featuresField());
        this.base64 = Base64Vector.of(schema);
        this.array = new VectorReader(this.field, schema.type());
        this.numbers = new DelimitedVectorReader(this.field, schema.type());
    }

    /** Reads the vector of a row that has a cell for each column. */
    void read(CsvRow row) throws RefusedLineException {
        if (base64 != null) {
            notation = VectorNotation.CELL;
            place = row.content(columns.first());
            elements = base64.read(row.line(), place.start(), place.end(), field);
        } else {
            readNumbers(row);
        }
    }

    private void readNumbers(CsvRow row) throws RefusedLineException {
        if (!columns.isNamed()) {
            readCells(row);
            return;
        }
        ByteRange content = JsonTokens.trimmed(row.line(), row.content(columns.first()));
        boolean inBrackets =
                content.length() > 1
                        && row.line()[content.start()] == '['
                        && row.line()[content.end() - 1] == ']';
        if (!inBrackets) {
            place =
                    dialect.arrayDelimiter() == dialect.delimiter()
                            ? row.content(columns.first()) // which needs the quotes
                            : row.cells().get(columns.first());
            readCell(row.line(), content);
        } else if (has(row.line(), content, ',')
                || !has(row.line(), content, dialect.arrayDelimiter())) {
            readArray(row, content);
        } else {
            place = new ByteRange(content.start() + 1, content.end() - 1);
            readCell(row.line(), place);
        }
    }

    private void readCell(byte[] line, ByteRange text) throws RefusedLineException {
        notation = VectorNotation.CELL;
        char separator = dialect.arrayDelimiter();
        if (!numbers.scan(line, text.start(), text.end(), separator)) {
            numbers.read(line, text, separator);
        }
        takeNumbers();
    }

    private void readArray(CsvRow row, ByteRange content) throws RefusedLineException {
        int comma = content.start();
        while (comma < content.end() && row.line()[comma] != ',') {
            comma++;
        }
        notation =
                comma + 1 < content.end() && row.line()[comma + 1] == ' '
                        ? VectorNotation.SPACED_ARRAY
                        : VectorNotation.ARRAY;
        place = content;
        if (array.scan(row.line(), content.start()) != content.end()) {
            String text = text(row.line(), content);
            try (JsonParser parser = JsonTokens.FACTORY.createParser(text)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    throw notAnArray(text);
                }
                array.read(parser);
                if (parser.nextToken() != null) {
                    throw notAnArray(text);
                }
            } catch (JacksonException e) {
                throw notAnArray(text);
            } catch (IOException e) {
                throw new UncheckedIOException("Reading characters in memory failed.", e);
            }
        }
        elements = array.elements();
        shape = array.shape();
    }

    private RefusedLineException notAnArray(String text) {
        return field.refuse(WRONG_TYPE, "an array of numbers", PrintableText.quoted(text));
    }

    private void readCells(CsvRow row) throws RefusedLineException {
        notation = VectorNotation.CELLS;
        place =
                new ByteRange(
                        row.cells().get(columns.first()).start(),
                        row.cells().get(columns.last()).end());
        boolean read =
                numbers.scan(row.line(), place.start(), place.end(), dialect.delimiter())
                        && numbers.size() == columns.size();
        if (!read) {
            numbers.clear();
            for (int i = columns.first(); i <= columns.last(); i++) {
                ByteRange number = JsonTokens.trimmed(row.line(), row.content(i));
                if (number.length() == 0) {
                    throw new FieldReader(header.columns().get(i))
                            .refuse(NULL_FIELD, "a number", "empty");
                }
                numbers.readElement(row.line(), number, ',');
            }
        }
        takeNumbers();
    }

    private void takeNumbers() {
        elements = numbers.elements();
        shape = null;
    }

    private static boolean has(byte[] line, ByteRange range, char character) {
        for (int at = range.start(); at < range.end(); at++) {
            if (line[at] == character) {
                return true;
            }
        }
        return false;
    }

    private static String text(byte[] line, ByteRange range) {
        return new String(line, range.start(), range.length(), StandardCharsets.UTF_8);
    }

    /** The numbers that were read last. */
    Elements elements() {
        return elements;
    }

    /** Their dimensions, outermost first; null where there is one. */
    @Nullable
    int[] shape() {
        return shape;
    }

    /** How they are written. */
    VectorNotation notation() {
        return notation;
    }

    /** Where they stand in the row, and what is written in their place. */
    ByteRange place() {
        return place;
    }
}
