package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.explain.RecordFinder.FoundRecord;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;

/** Builds the explanation of a record. */
final class ExplanationWriter {

    private final Optional<Shape> image;
    private final Optional<Integer> size;

    /**
     * @param image the image that vectors are shown as; not given, that of their own shape
     * @param size the number of elements where no vector is known
     */
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
        checkSize(subject);
        Optional<Shape> shape = shape(subject);
        if (shape.isPresent()) {
            checkImage(shape.get().size());
        } else {
            notes.add(
                    "Only the keys are shown, since a layer changes the shape of the vector and its"
                            + " size before is not known: name a JOB, or --size.");
        }
        RecordTrace trace = trace(subject, shape);
        if (subject.before().isEmpty() && !trace.fields().isEmpty()) {
            notes.add(
                    "No vector is known. What layers write beside it is shown for a vector of ones: %s."
                            .formatted(String.join(", ", trace.fields().keySet())));
        }
        Optional<WrittenCheck> check =
                subject.written().map(written -> WrittenCheck.of(subject, trace));
        check.ifPresent(found -> notes.add(found.sentence()));
        DropoutConfig dropout = subject.config().dropout();
        return new Explanation(
                subject.id(),
                subject.step(),
                ProvenanceOptions.of(provenance),
                dropout.seed(),
                image.or(() -> shape.flatMap(ImageShape::of)),
                shape.map(Shape::size),
                subject.config().schema().type(),
                subject.before(),
                subject.written()
                        .map(written -> written.record().doubles())
                        .or(() -> subject.before().map(before -> trace.after())),
                trace,
                List.copyOf(notes),
                check.map(WrittenCheck::isContradicted).orElse(false),
                shape.map(known -> PythonProgram.of(recipe(subject), subject, known))
                        .orElse(List.of()));
    }

    private static List<String> recipe(Subject subject) {
        return new FlaxRecipe(
                        subject.config().dropout(),
                        subject.config().schema(),
                        null,
                        subject.config().selection())
                .lines();
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

    private void checkSize(Subject subject) throws InvalidJobException {
        Optional<Integer> known = record(subject).map(record -> record.size());
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
    }

    /** A record with a vector of the shape before the layers, if there is one. */
    private static Optional<TextRecord> record(Subject subject) {
        return subject.source()
                .map(FoundRecord::record)
                .or(
                        () ->
                                subject.written()
                                        .filter(
                                                written ->
                                                        subject.config()
                                                                .dropout()
                                                                .transform()
                                                                .keepsShape())
                                        .map(WrittenLine::record));
    }

    /**
     * The shape of the vector before the layers; empty if only an output vector of another shape is
     * known.
     */
    private Optional<Shape> shape(Subject subject) throws InvalidJobException {
        Optional<TextRecord> record = record(subject);
        int[] declared = subject.config().schema().shape();
        if (record.isPresent()) {
            return Optional.of(subject.config().schema().inputShape(record.get()));
        }
        if (declared != null && size.map(n -> n == Shape.of(declared).size()).orElse(true)) {
            return Optional.of(Shape.of(declared));
        }
        if (size.isEmpty() && subject.written().isEmpty()) {
            throw new InvalidJobException(
                    List.of("--size must be given where no vector is known."));
        }
        return size.map(Shape::vector);
    }

    private void checkImage(int length) throws InvalidJobException {
        if (image.isPresent() && image.get().size() != length) {
            throw new InvalidJobException(
                    List.of(
                            "--shape must have as many elements as the vector, %d, but %s has %d."
                                    .formatted(length, image.get(), image.get().size())));
        }
    }

    private static RecordTrace trace(Subject subject, Optional<Shape> shape)
            throws InvalidJobException {
        KeyedTransform transform = subject.config().dropout().transform();
        try {
            if (shape.isEmpty()) {
                return RecordTrace.ofKeys(transform, subject.id(), subject.step());
            }
            ElementType type = subject.config().schema().type();
            return RecordTrace.of(
                    transform,
                    subject.id(),
                    subject.step(),
                    subject.isDeterministic(),
                    subject.before(),
                    shape.get(),
                    type);
        } catch (IllegalArgumentException e) {
            throw new InvalidJobException(List.of(e.getMessage()));
        }
    }
}
