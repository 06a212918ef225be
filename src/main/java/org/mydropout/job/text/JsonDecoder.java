package org.mydropout.job.text;

import static org.mydropout.job.text.DeadLetterReason.MALFORMED;
import static org.mydropout.job.text.DeadLetterReason.MISSING_FIELD;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import javax.annotation.Nullable;
import org.mydropout.job.text.FieldTree.Role;
import org.mydropout.kernel.flax.IdType;

/**
 * Decodes JSON lines, one object per line. It reads token by token without building a tree, and
 * keeps the places of the fields that it reads, because all other bytes are copied unchanged.
 *
 * <p>A name with points, such as {@code meta.id}, is both the name of a field and a path into
 * nested objects. A line with both is refused. Half a surrogate pair is allowed in a string that is
 * not read, but not in the name of a field.
 */
final class JsonDecoder extends RecordDecoder {

    private static final byte[] NO_FIELDS = {};

    private static final String ID_HELP =
            "; source.id-from: position takes its place for one, and hash its bytes";

    private final RecordSchema schema;
    private final FieldTree fields = new FieldTree();
    private final FieldReader idReader;
    private final FieldReader stepReader;
    private final FieldReader deterministicReader;
    private final JsonVectorReader vector;
    private final JsonTemplates templates;
    private final String stepHelp;

    // The state of the current line, which is read from left to right.
    private byte[] line;
    private LineInput input;
    private final Set<Role> seen = EnumSet.noneOf(Role.class);
    private long id;
    @Nullable private String name;
    private long step;
    @Nullable private ByteRange stepRange;
    @Nullable private RefusedLineException stepRefusal;
    private boolean deterministic;

    JsonDecoder(RecordSchema schema) {
        super(schema);
        this.schema = schema;
        this.idReader = new FieldReader(schema.idField(), schema.keyOptions());
        this.stepReader = new FieldReader(schema.stepField(), schema.keyOptions());
        this.deterministicReader = new FieldReader(schema.deterministicField());
        this.vector = new JsonVectorReader(schema);
        this.templates = new JsonTemplates(schema);
        this.stepHelp = "; %1$s.step-from: constant takes %1$s.step".formatted(schema.keyOptions());
        fields.add(schema.featuresField(), Role.FEATURES);
        fields.add(schema.idField(), Role.ID);
        fields.add(schema.stepField(), Role.STEP);
        if (schema.deterministicField() != null) {
            fields.add(schema.deterministicField(), Role.DETERMINISTIC);
        }
        schema.addedFields().forEach(field -> fields.add(field, Role.ADDED));
        if (schema.provenance() != null) {
            fields.add(RecordSchema.PROVENANCE_FIELD, Role.ADDED);
        }
    }

    @Override
    TextRecord decode(byte[] text, @Nullable String givenId) throws RefusedLineException {
        line = text;
        name = givenId;
        input = new LineInput(text, vector.opening());
        seen.clear();
        step = 0;
        stepRange = null;
        stepRefusal = null;
        deterministic = false;
        try (JsonParser parser = JsonTokens.FACTORY.createParser(input)) {
            int end;
            try {
                end = readLine(parser);
            } catch (JacksonException e) {
                throw MalformedJson.unreadable(e, parser, line, input);
            }
            return new TextRecord(
                    id,
                    step,
                    vector.elements(),
                    vector.shape(),
                    VectorNotation.ARRAY,
                    name,
                    deterministic,
                    templates.of(line, vector.place(), stepRange, deterministic, name, end),
                    NO_FIELDS);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading bytes in memory failed.", e);
        }
    }

    /** Reads the whole line and returns the index of its object's closing brace. */
    private int readLine(JsonParser parser) throws IOException, RefusedLineException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw MalformedJson.notAnObject(parser);
        }
        readObject(parser, fields);
        int end = input.tokenStart(parser);
        if (parser.nextToken() != null) {
            throw MalformedJson.notAlone(parser);
        }
        if (schema.idFrom() == IdSource.FIELD) {
            requireField(Role.ID, schema.idField(), ID_HELP);
        }
        requireField(Role.FEATURES, schema.featuresField(), "");
        if (schema.deterministicField() != null) {
            requireField(Role.DETERMINISTIC, schema.deterministicField(), "");
        }
        checkStep();
        return end;
    }

    /** Reads an object from start to end, and takes the fields of the tree. */
    private void readObject(JsonParser parser, FieldTree tree)
            throws IOException, RefusedLineException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            FieldTree field = tree.field(parser.currentName());
            parser.nextToken();
            if (field != null && field.role() != null) {
                readField(parser, field.role());
            } else if (field != null && parser.hasToken(JsonToken.START_OBJECT)) {
                readObject(parser, field);
            } else {
                JsonTokens.skip(parser);
            }
        }
    }

    private void readField(JsonParser parser, Role role) throws IOException, RefusedLineException {
        if (role == Role.ADDED) {
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must not have the field '%s', which the job adds, but has."
                            .formatted(parser.currentName()));
        }
        if (!seen.add(role)) {
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must have the field '%s' once, but has it by its name and by its path."
                            .formatted(name(role)));
        }
        switch (role) {
            case ID -> readId(parser);
            case STEP -> readStep(parser);
            case FEATURES -> vector.read(parser, input, line);
            case DETERMINISTIC -> readDeterministic(parser);
            case ADDED -> throw new IllegalStateException("Was refused before.");
        }
    }

    private String name(Role role) {
        return switch (role) {
            case ID -> schema.idField();
            case STEP -> schema.stepField();
            case FEATURES -> schema.featuresField();
            case DETERMINISTIC -> schema.deterministicField();
            case ADDED -> throw new IllegalStateException("Stands for several fields.");
        };
    }

    private void readId(JsonParser parser) throws IOException, RefusedLineException {
        if (schema.idFrom() != IdSource.FIELD) {
            throw ownId(schema.idField());
        }
        if (schema.idType() == IdType.STRING) {
            if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                throw idReader.refuse(
                        WRONG_TYPE,
                        "a text",
                        PrintableText.describe(parser),
                        idReader.numberIdHelp());
            }
            idReader.require(parser, JsonToken.VALUE_STRING, "a text");
            name = idReader.name(parser.getText());
        } else {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                throw idReader.refuse(
                        WRONG_TYPE,
                        "a whole number",
                        PrintableText.describe(parser),
                        idReader.textIdHelp());
            }
            idReader.require(parser, JsonToken.VALUE_NUMBER_INT, "a whole number");
            id = idReader.id(parser.getText(), schema.idType());
        }
    }

    private void readStep(JsonParser parser) throws IOException, RefusedLineException {
        int start = input.tokenStart(parser);
        try {
            if (schema.step() != StepField.SET) {
                stepReader.require(parser, JsonToken.VALUE_NUMBER_INT, "a whole number");
                step = stepReader.step(parser.getText(), schema.stepType());
            }
        } catch (RefusedLineException e) {
            if (schema.step() != StepField.WAS_SET) {
                throw e;
            }
            stepRefusal = e; // thrown at the end of the line, unless the record passes unchanged
        }
        JsonTokens.skip(parser);
        parser.finishToken();
        stepRange = new ByteRange(start, input.position(parser));
    }

    private void readDeterministic(JsonParser parser) throws IOException, RefusedLineException {
        if (!parser.hasToken(JsonToken.VALUE_TRUE)) {
            deterministicReader.require(parser, JsonToken.VALUE_FALSE, "true or false");
        }
        deterministic = parser.hasToken(JsonToken.VALUE_TRUE);
    }

    private void checkStep() throws RefusedLineException {
        if (schema.step() == StepField.WAS_SET && deterministic) {
            step = 0;
            return;
        }
        if (schema.step() == StepField.READ || schema.step() == StepField.WAS_SET) {
            requireField(Role.STEP, schema.stepField(), stepHelp);
        }
        if (stepRefusal != null) {
            throw stepRefusal;
        }
    }

    private void requireField(Role role, String field, String help) throws RefusedLineException {
        if (!seen.contains(role)) {
            throw new RefusedLineException(
                    MISSING_FIELD,
                    "The line must have the field '%s', but has not%s.".formatted(field, help));
        }
    }
}
