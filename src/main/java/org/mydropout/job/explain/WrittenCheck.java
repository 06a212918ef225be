package org.mydropout.job.explain;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.explain.RecordTrace.AppliedLayer;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.RecordSchema;

/**
 * Whether a written record is what its provenance gives.
 *
 * @param sentence what was found, or that nothing could be compared
 * @param isContradicted whether the record is another one
 */
record WrittenCheck(String sentence, boolean isContradicted) {

    private static final String NOT = "The record is not what its provenance gives: ";

    /** Compares a written record with the effect of its layers. */
    static WrittenCheck of(Subject subject, RecordTrace trace) {
        Optional<String> contradiction =
                selection(subject)
                        .or(
                                () ->
                                        subject.before().isPresent()
                                                ? vector(subject, trace)
                                                        .or(() -> fields(subject, trace))
                                                : mask(subject, trace));
        return contradiction
                .map(sentence -> new WrittenCheck(sentence, true))
                .orElseGet(() -> new WrittenCheck(found(subject, trace), false));
    }

    private static String found(Subject subject, RecordTrace trace) {
        if (subject.before().isPresent()) {
            return "The vector is, bit for bit, what its provenance gives.";
        }
        return dropped(trace).isPresent()
                ? "The vector is 0 where its provenance drops elements."
                : "The vector cannot be checked, since the vector before the layers is not known.";
    }

    /** A record that the job would not have written, or not with this part. */
    private static Optional<String> selection(Subject subject) {
        Optional<RecordSelection> selection = subject.config().selection();
        if (selection.isEmpty()) {
            return Optional.empty();
        }
        if (!selection.get().isSampled(subject.id(), subject.step())) {
            return Optional.of(NOT + "it is not in the sample, but was written.");
        }
        return selection.get().split().filter(split -> split.inField()).isEmpty()
                ? Optional.empty()
                : selection
                        .get()
                        .part(subject.id(), subject.step())
                        .flatMap(part -> field(subject, RecordSchema.SPLIT_FIELD, part));
    }

    private static Optional<String> vector(Subject subject, RecordTrace trace) {
        double[] written = written(subject);
        double[] made = trace.after();
        ElementType type = type(subject);
        int at = Arrays.mismatch(made, written);
        if (at < 0) {
            return Optional.empty();
        }
        return Optional.of(
                at < made.length && at < written.length
                        ? "The vector is not what its provenance gives: element %d must be %s, but is %s."
                                .formatted(at, type.text(made[at]), type.text(written[at]))
                        : "The vector is not what its provenance gives: it must have %d elements, but has %d."
                                .formatted(made.length, written.length));
    }

    private static Optional<String> fields(Subject subject, RecordTrace trace) {
        Map<String, Object> made = trace.fields();
        for (String name : subject.config().schema().addedFields()) {
            Optional<String> contradiction =
                    made.containsKey(name)
                            ? field(subject, name, made.get(name))
                            : Optional.empty();
            if (contradiction.isPresent()) {
                return contradiction;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> field(Subject subject, String name, Object made) {
        String text = subject.written().orElseThrow().fields().get(name);
        if (text != null && isText(text, made)) {
            return Optional.empty();
        }
        return Optional.of(
                NOT
                        + "%s must be %s, but %s."
                                .formatted(name, made, text == null ? "is missing" : "is " + text));
    }

    private static boolean isText(String text, Object value) {
        if (!(value instanceof Float number)) {
            return text.equals(value.toString());
        }
        try {
            return Float.floatToIntBits(Float.parseFloat(text)) == Float.floatToIntBits(number);
        } catch (NumberFormatException e) {
            return false; // any other text is not the number
        }
    }

    /**
     * The elements that must be 0 whatever they were before: those of a mask after the last layer.
     */
    private static Optional<BitSet> dropped(RecordTrace trace) {
        List<AppliedLayer> layers = trace.layers();
        if (layers.size() != 1 || layers.get(0).draws().isEmpty()) {
            return Optional.empty();
        }
        BitSet dropped = layers.get(0).kept().orElseThrow();
        dropped.flip(0, layers.get(0).draws().get().mantissas().length);
        return dropped.isEmpty() ? Optional.empty() : Optional.of(dropped);
    }

    private static Optional<String> mask(Subject subject, RecordTrace trace) {
        double[] written = written(subject);
        return dropped(trace).stream()
                .flatMapToInt(BitSet::stream)
                .filter(i -> i < written.length && Double.doubleToRawLongBits(written[i]) != 0)
                .mapToObj(
                        i ->
                                String.format(
                                        Locale.ROOT,
                                        "The vector is not what its provenance gives: element %d is dropped,"
                                                + " but is %s.",
                                        i,
                                        type(subject).text(written[i])))
                .findFirst();
    }

    private static ElementType type(Subject subject) {
        return subject.config().schema().type();
    }

    private static double[] written(Subject subject) {
        return subject.written().orElseThrow().record().doubles();
    }
}
