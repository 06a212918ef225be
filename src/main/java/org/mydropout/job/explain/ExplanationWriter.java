package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.explain.RecordFinder.FoundRecord;
import org.mydropout.job.explain.RecordTrace.AppliedLayer;
import org.mydropout.job.text.StepField;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;

/** Builds the explanation of a record. */
final class ExplanationWriter {

    private final Optional<Shape> image;
    private final Optional<Integer> size;

    ExplanationWriter(Optional<Shape> image, Optional<Integer> size) {
        this.image = image;
        this.size = size;
    }

    /**
     * Returns the explanation.
     *
     * @param provenance the provenance of the record
     * @param source the source in which the vector was searched, if any
     * @throws InvalidJobException if the id or the step is refused, or the size is unknown
     */
    Explanation explanation(Subject subject, String provenance, Optional<RecordSource> source)
            throws InvalidJobException {
        List<String> notes = new ArrayList<>();
        source.ifPresent(from -> notes.add(whereFrom(subject, from)));
        subject.config().selection().ifPresent(selection -> notes.add(place(subject, selection)));
        int length = size(subject);
        checkImage(length);
        float[] input = subject.before().orElseGet(() -> new float[length]);
        RecordTrace trace = trace(subject, input);
        boolean isContradicted = false;
        if (subject.written().isPresent()) {
            Optional<String> contradiction = contradiction(subject, trace);
            isContradicted = contradiction.isPresent();
            notes.add(
                    contradiction.orElse(
                            subject.before().isPresent()
                                    ? "The vector is, bit for bit, what its provenance gives."
                                    : "The vector is 0 where its provenance drops elements."));
        }
        DropoutConfig dropout = subject.config().dropout();
        return new Explanation(
                subject.id(),
                subject.step(),
                ProvenanceOptions.of(provenance),
                dropout.seed(),
                image,
                length,
                subject.before(),
                subject.written().or(() -> subject.before().map(before -> trace.after())),
                trace,
                List.copyOf(notes),
                isContradicted,
                PythonProgram.of(
                        new FlaxRecipe(
                                        dropout,
                                        subject.config().schema(),
                                        null,
                                        subject.config().selection())
                                .lines(),
                        subject,
                        length));
    }

    private static String whereFrom(Subject subject, RecordSource source) {
        Optional<FoundRecord> found = subject.source();
        if (found.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "%s has no record of this id: all of its %,d lines were read.",
                    source.description(),
                    subject.searched());
        }
        if (found.get().line().origin().isEmpty()) {
            return "The vector is the given record's.";
        }
        String place = found.get().line().source();
        long step = found.get().record().vector().step();
        boolean isOfStep =
                subject.config().schema().step() != StepField.READ || step == subject.step();
        return isOfStep
                ? "The vector before is that of %s.".formatted(place)
                : "The vector before is that of step %s, %s; there is none of step %s."
                        .formatted(
                                Long.toUnsignedString(step),
                                place,
                                Long.toUnsignedString(subject.step()));
    }

    /** Where the record goes. */
    private static String place(Subject subject, RecordSelection selection) {
        boolean sampled = selection.isSampled(subject.id(), subject.step());
        return sampled
                ? selection
                        .part(subject.id(), subject.step())
                        .map("The record is in the part %s."::formatted)
                        .orElse("The record is in the sample.")
                : "The record is not in the sample.";
    }

    private int size(Subject subject) throws InvalidJobException {
        Optional<Integer> known =
                subject.before().or(subject::written).map(vector -> vector.length);
        if (known.isPresent() && size.isPresent() && !known.equals(size)) {
            throw new InvalidJobException(
                    List.of(
                            "--size must be the number of the vector's elements, %d, but is %d."
                                    .formatted(known.get(), size.get())));
        }
        if (size.isPresent() && size.get() < 0) {
            throw new InvalidJobException(
                    List.of("--size must be at least 0, but is %d.".formatted(size.get())));
        }
        return known.or(() -> size)
                .orElseThrow(
                        () ->
                                new InvalidJobException(
                                        List.of("--size must be given where no vector is known.")));
    }

    private void checkImage(int length) throws InvalidJobException {
        if (image.isPresent() && image.get().size() != length) {
            throw new InvalidJobException(
                    List.of(
                            "--shape must have as many elements as the vector, %d, but %s has %d."
                                    .formatted(length, image.get(), image.get().size())));
        }
    }

    private static RecordTrace trace(Subject subject, float[] input) throws InvalidJobException {
        KeyedTransform transform = subject.config().dropout().transform();
        try {
            Shape shape = shape(subject, input);
            return subject.isDeterministic()
                    ? RecordTrace.deterministic(
                            transform, subject.id(), subject.step(), input, shape)
                    : RecordTrace.of(transform, subject.id(), subject.step(), input, shape);
        } catch (IllegalArgumentException e) {
            throw new InvalidJobException(List.of(e.getMessage()));
        }
    }

    private static Shape shape(Subject subject, float[] input) {
        int[] nested = subject.source().map(found -> found.record().shape()).orElse(null);
        int[] dimensions = nested == null ? subject.config().schema().shape() : nested;
        return dimensions == null ? Shape.vector(input.length) : Shape.of(dimensions);
    }

    /** What a written vector has otherwise than its provenance gives, as a sentence. */
    private static Optional<String> contradiction(Subject subject, RecordTrace trace) {
        float[] written = subject.written().orElseThrow();
        if (subject.before().isPresent()) {
            float[] made = trace.after();
            int at = Arrays.mismatch(made, written);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(
                            at < made.length && at < written.length
                                    ? "The vector is not what its provenance gives: element %d must be %s, but is %s."
                                            .formatted(at, made[at], written[at])
                                    : "The vector is not what its provenance gives: it must have %d elements, but has %d."
                                            .formatted(made.length, written.length));
        }
        List<AppliedLayer> layers = trace.layers();
        if (layers.size() != 1 || layers.get(0).draws().isEmpty()) {
            return Optional.empty();
        }
        BitSet kept = layers.get(0).kept().orElseThrow();
        for (int i = 0; i < written.length; i++) {
            if (!kept.get(i) && Float.floatToRawIntBits(written[i]) != 0) {
                return Optional.of(
                        String.format(
                                Locale.ROOT,
                                "The vector is not what its provenance gives: element %d is dropped,"
                                        + " but is %s.",
                                i,
                                written[i]));
            }
        }
        return Optional.empty();
    }
}
