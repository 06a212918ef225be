package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.MALFORMED;
import static org.mydropout.job.text.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.annotation.Nullable;
import org.mydropout.flink.FeatureVector;
import org.mydropout.kernel.flax.IdType;

/**
 * Decodes CSV rows, one per line. One cell has the vector, as base64 or as numbers in JSON form
 * separated by {@code ;}.
 */
final class CsvDecoder extends RecordDecoder {

    private static final byte[] SEPARATOR = {','};

    private final RecordSchema schema;
    private final CsvHeader header;
    private final int idColumn;
    private final int stepColumn;
    private final int featuresColumn;
    private final FieldReader idReader;
    private final FieldReader stepReader;
    private final FieldReader featuresReader;
    private final VectorReader vectorReader;
    @Nullable private final Base64Vector base64;
    private final int deterministicColumn;
    private final FieldReader deterministicReader;
    private final byte[] provenance;

    /**
     * Creates a decoder for the rows below {@code header}, which must have a column for each field
     * that the schema reads.
     */
    CsvDecoder(RecordSchema schema, CsvHeader header) {
        this.schema = schema;
        this.header = header;
        this.idColumn = header.columns().indexOf(schema.idField());
        this.stepColumn = header.columns().indexOf(schema.stepField());
        this.featuresColumn = header.columns().indexOf(schema.featuresField());
        this.idReader = new FieldReader(schema.idField());
        this.stepReader = new FieldReader(schema.stepField());
        this.featuresReader = new FieldReader(schema.featuresField());
        this.vectorReader = new VectorReader(featuresReader);
        this.base64 = schema.encoding().isBase64() ? new Base64Vector(schema.encoding()) : null;
        this.deterministicColumn =
                schema.deterministicField() == null
                        ? -1
                        : header.columns().indexOf(schema.deterministicField());
        this.deterministicReader = new FieldReader(schema.deterministicField());
        this.provenance =
                schema.provenance() == null
                        ? new byte[0]
                        : (',' + schema.provenance()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    TextRecord decode(byte[] text) throws RefusedLineException {
        CsvRow row = CsvRow.of(text, header.columns().size());
        if (row.count() != header.columns().size()) {
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must have as many cells as the header, "
                            + header.columns().size()
                            + ", but has "
                            + row.count()
                            + ".");
        }
        boolean named = schema.idType() == IdType.STRING;
        String name = named ? idReader.name(row.text(idColumn)) : null;
        long id = named ? 0 : idReader.id(number(row, idColumn, idReader), schema.idType());
        boolean deterministic = isDeterministic(row);
        long step =
                hasStep(row, deterministic)
                        ? stepReader.step(number(row, stepColumn, stepReader), schema.stepType())
                        : 0;
        float[] features = vector(row);
        return new TextRecord(
                new FeatureVector(id, step, features),
                null,
                name,
                deterministic,
                template(row, deterministic));
    }

    private static String number(CsvRow row, int column, FieldReader reader)
            throws RefusedLineException {
        String text = row.text(column);
        if (text.isEmpty()) {
            throw reader.refuse(NULL_FIELD, "a whole number", "empty");
        }
        return text;
    }

    private boolean hasStep(CsvRow row, boolean deterministic) {
        return switch (schema.step()) {
            case READ -> true;
            case READ_OR_ZERO -> stepColumn >= 0 && row.cells().get(stepColumn).length() > 0;
            case SET -> false;
            case WAS_SET -> !deterministic;
        };
    }

    private boolean isDeterministic(CsvRow row) throws RefusedLineException {
        if (deterministicColumn < 0) {
            return false;
        }
        String text = row.text(deterministicColumn);
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "" -> throw deterministicReader.refuse(NULL_FIELD, "true or false", "empty");
            default ->
                    throw deterministicReader.refuse(
                            WRONG_TYPE, "true or false", PrintableText.quoted(text));
        };
    }

    private float[] vector(CsvRow row) throws RefusedLineException {
        ByteRange cell = row.content(featuresColumn);
        if (base64 != null) {
            return base64.read(row.line(), cell.start(), cell.end(), featuresReader);
        }
        if (vectorReader.scan(row.line(), cell.start(), cell.end(), TextFormat.CSV.separator())) {
            return vectorReader.values();
        }
        return vector(row.text(featuresColumn));
    }

    private float[] vector(String cell) throws RefusedLineException {
        String rule = "numbers separated by ';'";
        if (cell.indexOf(',') >= 0 || cell.indexOf('[') >= 0) {
            throw featuresReader.refuse(WRONG_TYPE, rule, PrintableText.quoted(cell));
        }
        try (JsonParser parser =
                JsonTokens.FACTORY.createParser('[' + cell.replace(';', ',') + ']')) {
            parser.nextToken();
            vectorReader.read(parser);
            if (parser.nextToken() != null) {
                throw featuresReader.refuse(WRONG_TYPE, rule, PrintableText.quoted(cell));
            }
            return vectorReader.values();
        } catch (JacksonException e) {
            throw featuresReader.refuse(WRONG_TYPE, rule, PrintableText.quoted(cell));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading characters in memory failed.", e);
        }
    }

    private LineTemplate template(CsvRow row, boolean deterministic) {
        boolean stepSet = schema.step() != StepField.READ && !deterministic;
        ByteRange vector = row.cells().get(featuresColumn);
        ByteRange step = stepSet && stepColumn >= 0 ? row.cells().get(stepColumn) : null;
        int added = (stepColumn < 0 ? 1 : 0) + provenance.length;
        LineTemplate.Builder template =
                new LineTemplate.Builder(
                        row.line(), added - vector.length() - (step == null ? 0 : step.length()));
        if (step != null && step.start() < vector.start()) {
            template.cutStep(step);
        }
        template.cutVector(vector);
        if (step != null && step.start() > vector.start()) {
            template.cutStep(step);
        }
        template.copyTo(row.line().length);
        if (stepColumn < 0) {
            template.insert(SEPARATOR);
            if (stepSet) {
                template.insertStep();
            }
        }
        template.insert(provenance);
        return template.build();
    }
}
