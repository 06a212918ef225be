package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A line without the text of its vector, and without its step if the job sets one. The vector's
 * text is removed because the record is sent to another subtask.
 *
 * @param text the bytes of the line that stay
 * @param vectorAt where in {@code text} the vector's text goes
 * @param stepAt where in {@code text} the step's text goes, or {@link #STEP_STAYS}
 * @param fieldsAt where in {@code text} the fields go that are added, behind the others
 */
public record LineTemplate(byte[] text, int vectorAt, int stepAt, int fieldsAt) {

    /** The value of {@code stepAt} for a line that keeps its own step. */
    public static final int STEP_STAYS = -1;

    /**
     * Writes the line, without a line end.
     *
     * @param vector writes what stands in the vector's place
     * @param step stands in the step's place
     * @param fields what is added
     */
    void write(OutputStream out, Part vector, String step, byte[] fields) throws IOException {
        Part stepText = place -> place.write(step.getBytes(StandardCharsets.US_ASCII));
        if (stepAt == STEP_STAYS) {
            write(out, vectorAt, vector, vectorAt, place -> {}, fields);
        } else if (vectorAt <= stepAt) {
            write(out, vectorAt, vector, stepAt, stepText, fields);
        } else {
            write(out, stepAt, stepText, vectorAt, vector, fields);
        }
    }

    private void write(OutputStream out, int at, Part first, int thenAt, Part second, byte[] fields)
            throws IOException {
        out.write(text, 0, at);
        first.writeTo(out);
        out.write(text, at, thenAt - at);
        second.writeTo(out);
        out.write(text, thenAt, fieldsAt - thenAt);
        out.write(fields);
        out.write(text, fieldsAt, text.length - fieldsAt);
    }

    /** The same template with more text before the fields that are added. */
    LineTemplate withText(byte[] more) {
        byte[] longer = new byte[text.length + more.length];
        System.arraycopy(text, 0, longer, 0, fieldsAt);
        System.arraycopy(more, 0, longer, fieldsAt, more.length);
        System.arraycopy(text, fieldsAt, longer, fieldsAt + more.length, text.length - fieldsAt);
        return new LineTemplate(longer, vectorAt, stepAt, fieldsAt + more.length);
    }

    /** Writes a part of a line. */
    @FunctionalInterface
    interface Part {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Builds a template from left to right, and copies each remaining byte once. */
    static final class Builder {
        private final byte[] line;
        private final byte[] text;
        private int copied;
        private int length;
        private int vectorAt;
        private int stepAt = STEP_STAYS;
        private int fieldsAt;

        /**
         * @param line the line
         * @param surplus the size of the template minus that of the line, in bytes; may be negative
         */
        Builder(byte[] line, int surplus) {
            this.line = line;
            this.text = new byte[line.length + surplus];
        }

        /** Removes the vector. */
        void cutVector(ByteRange vector) {
            copyTo(vector.start());
            vectorAt = length;
            copied = vector.end();
        }

        /** Removes the step. */
        void cutStep(ByteRange step) {
            copyTo(step.start());
            stepAt = length;
            copied = step.end();
        }

        /** Copies the bytes before an index of the line. */
        void copyTo(int end) {
            System.arraycopy(line, copied, text, length, end - copied);
            length += end - copied;
            copied = end;
        }

        /** Adds bytes that are not in the line. */
        void insert(byte[] bytes) {
            System.arraycopy(bytes, 0, text, length, bytes.length);
            length += bytes.length;
        }

        /** Places the step after the bytes so far. */
        void insertStep() {
            stepAt = length;
        }

        /** Gives added fields their place behind what has been added. */
        void insertFields() {
            fieldsAt = length;
        }

        /** Copies the rest of the line. */
        LineTemplate build() {
            copyTo(line.length);
            return new LineTemplate(text, vectorAt, stepAt, fieldsAt);
        }
    }
}
