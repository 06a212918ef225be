package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A line without the text of its vector, and without its step if the job sets one. The vector's
 * text is removed because the record is sent to another subtask.
 *
 * @param text the remaining bytes of the line
 * @param vectorAt the index in {@code text} of the vector's text
 * @param stepAt the index in {@code text} of the step's text, or {@link #STEP_STAYS}
 */
public record LineTemplate(byte[] text, int vectorAt, int stepAt) {

    /** The value of {@code stepAt} for a line that keeps its own step. */
    public static final int STEP_STAYS = -1;

    /**
     * Writes the line, without a line end.
     *
     * @param vector writes the text of the vector
     * @param step the text of the step
     */
    void write(OutputStream out, Part vector, String step) throws IOException {
        Part stepText = place -> place.write(step.getBytes(StandardCharsets.US_ASCII));
        if (stepAt == STEP_STAYS) {
            write(out, vectorAt, vector, vectorAt, place -> {});
        } else if (vectorAt <= stepAt) {
            write(out, vectorAt, vector, stepAt, stepText);
        } else {
            write(out, stepAt, stepText, vectorAt, vector);
        }
    }

    private void write(OutputStream out, int at, Part first, int thenAt, Part second)
            throws IOException {
        out.write(text, 0, at);
        first.writeTo(out);
        out.write(text, at, thenAt - at);
        second.writeTo(out);
        out.write(text, thenAt, text.length - thenAt);
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

        /** Copies the rest of the line. */
        LineTemplate build() {
            copyTo(line.length);
            return new LineTemplate(text, vectorAt, stepAt);
        }
    }
}
