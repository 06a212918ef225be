package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mydropout.job.text.DeadLetterReason.MALFORMED;
import static org.mydropout.job.text.DeadLetterReason.MISSING_FIELD;
import static org.mydropout.job.text.DeadLetterReason.NULL_FIELD;
import static org.mydropout.job.text.DeadLetterReason.WRONG_TYPE;
import static org.mydropout.job.text.JsonTokens.end;
import static org.mydropout.job.text.JsonTokens.skip;
import static org.mydropout.job.text.JsonTokens.start;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.annotation.Nullable;
import org.mydropout.flink.FeatureVector;
import org.mydropout.kernel.flax.IdType;

/** Decodes JSON lines: one object a line, read token by token; no tree is built. */
final class JsonDecoder extends RecordDecoder {

    private final RecordSchema schema;
    private final FieldReader idReader;
    private final FieldReader stepReader;
    private final FieldReader featuresReader;
    private final FieldReader deterministicReader;
    private final byte[] stepName;
    private final byte[] provenance;

    // What is known of the current line, read from left to right.
    private boolean idSeen;
    private long id;
    @Nullable private String name;
    private long step;
    @Nullable private ByteRange stepSpan;
    @Nullable private RefusedLineException stepRefusal;
    private float[] features;
    @Nullable private ByteRange featuresSpan;
    @Nullable private Boolean deterministic;

    JsonDecoder(RecordSchema schema) {
        this.schema = schema;
        this.idReader = new FieldReader(schema.idField());
        this.stepReader = new FieldReader(schema.stepField());
        this.featuresReader = new FieldReader(schema.featuresField());
        this.deterministicReader = new FieldReader(schema.deterministicField());
        this.stepName = added(schema.stepField()).getBytes(UTF_8);
        this.provenance =
                schema.provenance() == null
                        ? new byte[0]
                        : (added(RecordSchema.PROVENANCE_FIELD) + '"' + schema.provenance() + '"')
                                .getBytes(UTF_8);
    }

    @Override
    TextRecord decode(byte[] text) throws RefusedLineException {
        idSeen = false;
        step = 0;
        stepSpan = null;
        stepRefusal = null;
        featuresSpan = null;
        deterministic = null;
        try (JsonParser parser = JsonTokens.FACTORY.createParser(text)) {
            int end = readObject(parser);
            return new TextRecord(
                    new FeatureVector(id, step, features),
                    name,
                    isDeterministic(),
                    template(text, end));
        } catch (JacksonException e) {
            // A line beyond one of Jackson's limits, on depth for example, is refused without a
            // place.
            String place =
                    e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must be one JSON object, but cannot be read%s: %s."
                            .formatted(place, withoutJargon(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading bytes in memory failed.", e);
        }
    }

    /** Jackson's words without the name of the setting behind a limit. */
    private static String withoutJargon(String message) {
        return message.replaceAll(", from `[^`]*`|\\([^)]*'\\+INF'[^)]*\\)", "");
    }

    /** Reads the whole line and returns where its object's closing brace stands. */
    private int readObject(JsonParser parser) throws IOException, RefusedLineException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            String found = parser.hasCurrentToken() ? PrintableText.describe(parser) : "empty";
            throw new RefusedLineException(
                    MALFORMED, "The line must be one JSON object, but is " + found + ".");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            readField(parser, field);
        }
        int end = start(parser);
        if (parser.nextToken() != null) {
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must be one JSON object, but after it comes "
                            + PrintableText.describe(parser)
                            + ".");
        }
        requireField(idSeen, schema.idField());
        requireField(featuresSpan != null, schema.featuresField());
        requireField(
                deterministic != null || schema.deterministicField() == null,
                schema.deterministicField());
        checkStep();
        return end;
    }

    private void checkStep() throws RefusedLineException {
        if (schema.step() == StepField.WAS_SET && isDeterministic()) {
            step = 0;
            return;
        }
        boolean required = schema.step() == StepField.READ || schema.step() == StepField.WAS_SET;
        requireField(stepSpan != null || !required, schema.stepField());
        if (stepRefusal != null) {
            throw stepRefusal;
        }
    }

    private void readField(JsonParser parser, String field)
            throws IOException, RefusedLineException {
        if (field.equals(schema.featuresField())) {
            requireToken(parser, JsonToken.START_ARRAY, featuresReader, "an array of numbers");
            int start = start(parser);
            features = featuresReader.vector(parser);
            featuresSpan = new ByteRange(start, end(parser));
        } else if (field.equals(schema.idField())) {
            idSeen = true;
            readId(parser);
        } else if (field.equals(schema.stepField())) {
            readStep(parser);
        } else if (field.equals(schema.deterministicField())) {
            readDeterministic(parser);
        } else if (schema.provenance() != null && field.equals(RecordSchema.PROVENANCE_FIELD)) {
            throw new RefusedLineException(
                    MALFORMED,
                    "The line must not have the field '%s', which the job adds, but has."
                            .formatted(field));
        } else {
            skip(parser);
        }
    }

    private void readId(JsonParser parser) throws IOException, RefusedLineException {
        if (schema.idType() == IdType.STRING) {
            requireToken(parser, JsonToken.VALUE_STRING, idReader, "a text");
            name = idReader.name(parser.getText());
        } else {
            requireToken(parser, JsonToken.VALUE_NUMBER_INT, idReader, "a whole number");
            id = idReader.id(parser.getText(), schema.idType());
        }
    }

    private void readStep(JsonParser parser) throws IOException, RefusedLineException {
        int start = start(parser);
        try {
            if (schema.step() != StepField.SET) {
                requireToken(parser, JsonToken.VALUE_NUMBER_INT, stepReader, "a whole number");
                step = stepReader.step(parser.getText(), schema.stepType());
            }
        } catch (RefusedLineException e) {
            if (schema.step() != StepField.WAS_SET) {
                throw e;
            }
            stepRefusal = e; // unless the record, of which more is to come, passes unchanged
        }
        skip(parser);
        stepSpan = new ByteRange(start, end(parser));
    }

    private void readDeterministic(JsonParser parser) throws IOException, RefusedLineException {
        if (!parser.hasToken(JsonToken.VALUE_TRUE)) {
            requireToken(parser, JsonToken.VALUE_FALSE, deterministicReader, "true or false");
        }
        deterministic = parser.hasToken(JsonToken.VALUE_TRUE);
    }

    private boolean isDeterministic() {
        return deterministic != null && deterministic;
    }

    private static void requireToken(
            JsonParser parser, JsonToken token, FieldReader reader, String rule)
            throws IOException, RefusedLineException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            throw reader.refuse(NULL_FIELD, rule, "null");
        }
        if (!parser.hasToken(token)) {
            throw reader.refuse(WRONG_TYPE, rule, PrintableText.describe(parser));
        }
    }

    private static void requireField(boolean seen, String field) throws RefusedLineException {
        if (!seen) {
            throw new RefusedLineException(
                    MISSING_FIELD, "The line must have the field '" + field + "', but has not.");
        }
    }

    private LineTemplate template(byte[] text, int end) {
        boolean stepStays = schema.step() == StepField.READ || isDeterministic();
        boolean stepAdded = !stepStays && stepSpan == null;
        byte[] line = text;
        ByteRange step = stepSpan;
        if (stepAdded || schema.provenance() != null) {
            ByteArrayOutputStream longer = new ByteArrayOutputStream(text.length + 256);
            longer.write(text, 0, end);
            if (stepAdded) {
                longer.writeBytes(stepName);
                step = new ByteRange(longer.size(), longer.size());
            }
            longer.writeBytes(provenance);
            longer.write(text, end, text.length - end);
            line = longer.toByteArray();
        }
        return stepStays
                ? LineTemplate.cut(line, featuresSpan)
                : LineTemplate.cut(line, featuresSpan, step);
    }

    /** A field's name with what stands before its value when it is added to an object. */
    private static String added(String field) {
        return ",\"" + new String(JsonStringEncoder.getInstance().quoteAsString(field)) + "\":";
    }
}
