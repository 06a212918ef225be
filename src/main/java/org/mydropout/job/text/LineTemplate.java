package org.mydropout.job.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A line with the vector cut out of it, and the step where the job sets one: everything else of a
 * record, byte for byte.
 *
 * @param text the bytes of the line that stay
 * @param vectorAt where in {@code text} the vector's text goes
 * @param stepAt where in {@code text} the step's text goes, or {@link #STEP_STAYS}
 */
public record LineTemplate(byte[] text, int vectorAt, int stepAt) {

    /** The value of {@code stepAt} for a line whose own step is the one used and stays in it. */
    public static final int STEP_STAYS = -1;

    /** The line without its vector; the step stays. */
    static LineTemplate cut(byte[] line, ByteRange vector) {
        return new LineTemplate(without(line, vector), vector.start(), STEP_STAYS);
    }

    /** The line without its vector and its step, which do not overlap. */
    static LineTemplate cut(byte[] line, ByteRange vector, ByteRange step) {
        if (vector.start() < step.start()) {
            return new LineTemplate(
                    without(without(line, step), vector),
                    vector.start(),
                    step.start() - vector.length());
        }
        return new LineTemplate(
                without(without(line, vector), step), vector.start() - step.length(), step.start());
    }

    private static byte[] without(byte[] line, ByteRange span) {
        byte[] rest = new byte[line.length - span.length()];
        System.arraycopy(line, 0, rest, 0, span.start());
        System.arraycopy(line, span.end(), rest, span.start(), line.length - span.end());
        return rest;
    }

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
}
