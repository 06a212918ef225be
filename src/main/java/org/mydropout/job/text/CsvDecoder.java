package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.MALFORMED;
import static org.mydropout.job.text.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.annotation.Nullable;
import org.mydropout.kernel.flax.IdType;

/** Decodes CSV rows; the vector stands in one cell or in several, see {@link CsvVectorReader}. */
final class CsvDecoder extends RecordDecoder {

    private static final int NO_COLUMN = -1;

    private final RecordSchema schema;
    private final CsvHeader header;
    private final int idColumn;
    private final int stepColumn;
    private final FieldReader idReader;
    private final FieldReader stepReader;
    private final CsvVectorReader vectorReader;
    private final int deterministicColumn;
    private final FieldReader deterministicReader;
    private final byte[] provenance;

    /** The cells of layers that have nothing to say of a record. */
    private final byte[] noFields;

    /**
     * Creates a decoder for the rows below {@code header}, which must have a column for each field
     * that the schema reads.
     */
    CsvDecoder(RecordSchema schema, CsvHeader header) {
        super(schema);
        this.schema = schema;
        this.header = header;
        this.idColumn = header.columns().indexOf(schema.idField());
        this.stepColumn = header.columns().indexOf(schema.stepField());
        this.idReader = new FieldReader(schema.idField(), schema.keyOptions());
        this.stepReader = new FieldReader(schema.stepField(), schema.keyOptions());
        this.vectorReader = new CsvVectorReader(schema, header);
        this.deterministicColumn =
                schema.deterministicField() == null
                        ? NO_COLUMN
                        : header.columns().indexOf(schema.deterministicField());
        this.deterministicReader = new FieldReader(schema.deterministicField());
        this.noFields = AddedFields.ofLayers(schema, header.dialect()).text(Map.of());
        this.provenance = schema.provenance() == null ? new byte[0] : added(schema.provenance());
    }

    /** What is added to a row for a cell. */
    private byte[] added(String text) {
        return (header.dialect().delimiter() + CsvHeader.cell(text, header.dialect()))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    TextRecord decode(byte[] text, @Nullable String givenId) throws RefusedLineException {
        CsvRow row = CsvRow.of(text, header.dialect(), header.columns().size());
        if (row.count() != header.columns().size()) {
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must have as many cells as the header, "
                            + header.columns().size()
                            + ", but has "
                            + row.count()
                            + ".");
        }
        String name = givenId == null && named() ? idReader.name(row.text(idColumn)) : givenId;
        long id = named() ? 0 : idReader.id(number(row, idColumn, idReader), schema.idType());
        boolean deterministic = isDeterministic(row);
        long step =
                hasStep(row, deterministic)
                        ? stepReader.step(number(row, stepColumn, stepReader), schema.stepType())
                        : 0;
        vectorReader.read(row);
        return new TextRecord(
                id,
                step,
                vectorReader.elements(),
                vectorReader.shape(),
                vectorReader.notation(),
                name,
                deterministic,
                template(row, givenId, deterministic),
                noFields);
    }

    private boolean named() {
        return schema.idType() == IdType.STRING;
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

    private LineTemplate template(CsvRow row, @Nullable String addedId, boolean deterministic) {
        boolean stepSet = schema.step() != StepField.READ && !deterministic;
        ByteRange vector = vectorReader.place();
        ByteRange step = stepSet && stepColumn >= 0 ? row.cells().get(stepColumn) : null;
        byte[] idCell = addedId == null ? new byte[0] : added(addedId);
        int added = (stepColumn < 0 ? 1 : 0) + idCell.length + provenance.length;
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
            template.insert(new byte[] {(byte) header.dialect().delimiter()});
            if (stepSet) {
                template.insertStep();
            }
        }
        template.insert(idCell);
        template.insertFields();
        template.insert(provenance);
        return template.build();
    }
}
