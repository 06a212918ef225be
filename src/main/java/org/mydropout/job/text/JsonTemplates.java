package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import javax.annotation.Nullable;

/** Makes templates of JSON lines: cuts out what the job replaces, and adds the fields it adds. */
final class JsonTemplates {

    private static final byte[] NOTHING = {};

    private final RecordSchema schema;
    private final byte[] stepName;
    private final byte[] provenance;

    JsonTemplates(RecordSchema schema) {
        this.schema = schema;
        this.stepName = added(schema.stepField(), "");
        this.provenance =
                schema.provenance() == null
                        ? NOTHING
                        : addedText(RecordSchema.PROVENANCE_FIELD, schema.provenance());
    }

    /**
     * Makes the template of a line.
     *
     * @param vector the place of the vector
     * @param step the place of the step; null if the line has none
     * @param deterministic whether the record passes unchanged, with the step that it has
     * @param id the id of a record whose line has none; otherwise unused
     * @param end the index of the object's closing brace
     */
    LineTemplate of(
            byte[] line,
            ByteRange vector,
            @Nullable ByteRange step,
            boolean deterministic,
            @Nullable String id,
            int end) {
        boolean stepSet = schema.step() != StepField.READ && !deterministic;
        boolean stepAdded = stepSet && step == null;
        ByteRange stepCut = stepSet ? step : null;
        byte[] addedId =
                schema.idFrom() == IdSource.FIELD ? NOTHING : addedText(schema.idField(), id);
        LineTemplate.Builder template =
                new LineTemplate.Builder(
                        line,
                        addedId.length
                                + provenance.length
                                + (stepAdded ? stepName.length : 0)
                                - (stepCut == null ? 0 : stepCut.length())
                                - vector.length());
        if (stepCut != null && stepCut.start() < vector.start()) {
            template.cutStep(stepCut);
        }
        template.cutVector(vector);
        if (stepCut != null && stepCut.start() > vector.start()) {
            template.cutStep(stepCut);
        }
        template.copyTo(end);
        if (stepAdded) {
            template.insert(stepName);
            template.insertStep();
        }
        template.insert(addedId);
        template.insertFields();
        template.insert(provenance);
        return template.build();
    }

    private static byte[] addedText(String field, String text) {
        return added(field, JsonTokens.quoted(text));
    }

    /** What is added to an object for a field and its value, or the beginning of that. */
    private static byte[] added(String field, String value) {
        return (',' + JsonTokens.quoted(field) + ':' + value).getBytes(UTF_8);
    }
}
