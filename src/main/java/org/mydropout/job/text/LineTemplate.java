package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A line without its vector, and without its step where the job sets one: every other byte of a
 * record. The vector's text is left out, since a record is sent to the subtask of its id.
 *
 * @param text the bytes of the line that stay
 * @param vectorAt where in {@code text} the vector's text goes
 * @param stepAt where in {@code text} the step's text goes, or {@link #STEP_STAYS}
 */
public record LineTemplate(byte[] text, int vectorAt, int stepAt) {

    /** The value of {@code stepAt} for a line whose own step is the one used and stays in it. */
    public static final int STEP_STAYS = -1;

    /**
     * Writes the line, without a line end.
     *
     * @param vector writes what stands in the vector's place
     * @param step stands in the step's place
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

    /** Something that is written into a line. */
    @FunctionalInterface
    interface Part {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes a template of a line from left to right, copying each byte that stays once. */
    static final class Builder {
        private final byte[] line;
        private final byte[] text;
        private int copied;
        private int length;
        private int vectorAt;
        private int stepAt = STEP_STAYS;

        /**
         * @param line the line
         * @param surplus how many bytes the template has more than the line, or less
         */
        Builder(byte[] line, int surplus) {
            this.line = line;
            this.text = new byte[line.length + surplus];
        }

        /** Leaves out the vector. */
        void cutVector(ByteRange vector) {
            copyTo(vector.start());
            vectorAt = length;
            copied = vector.end();
        }

        /** Leaves out the step. */
        void cutStep(ByteRange step) {
            copyTo(step.start());
            stepAt = length;
            copied = step.end();
        }

        /** Copies what comes before an index of the line. */
        void copyTo(int end) {
            System.arraycopy(line, copied, text, length, end - copied);
            length += end - copied;
            copied = end;
        }

        /** Adds bytes that the line has not. */
        void insert(byte[] bytes) {
            System.arraycopy(bytes, 0, text, length, bytes.length);
            length += bytes.length;
        }

        /** Gives the step its place behind what has been added. */
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
