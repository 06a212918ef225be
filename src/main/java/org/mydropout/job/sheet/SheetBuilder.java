package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mydropout.job.explain.RecordTrace;
import org.mydropout.job.explain.RecordTrace.AppliedLayer;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.math.FloatArrays;

/**
 * Collects records for a sheet: all of them for its statistics, the first ones for its pictures.
 */
final class SheetBuilder {

    /** The most elements to draw, without the originals: about 10 MB of HTML. */
    static final int MAX_DRAWN = 1_000_000;

    private final KeyedTransform transform;
    private final ElementType type;
    private final Optional<Shape> image;
    private final List<Sheet.Row> rows = new ArrayList<>();
    private final List<MaskCollector> collectors = new ArrayList<>();
    private final List<Verdict.Finding> notes = new ArrayList<>();
    private int drawn;
    private int omitted;
    private int written;
    private int writtenOtherwise;
    private String firstOtherwise = "";

    /**
     * Builds a sheet. It shows the nearest float32 numbers of any type.
     *
     * @param type of the vectors' elements
     * @param image height, width and channels of the vectors of that size
     */
    SheetBuilder(KeyedTransform transform, ElementType type, Optional<Shape> image) {
        this.transform = transform;
        this.type = type;
        this.image = image;
    }

    /**
     * A vector of a record after the layers.
     *
     * @param step the step in the key
     * @param written the vector as written by a job; empty: the transform computes it
     * @param isDeterministic whether the record passes unchanged
     */
    record Variant(long step, Optional<double[]> written, boolean isDeterministic) {}

    /**
     * Adds a record.
     *
     * @param id a String, or a Long for an integer id
     * @param before the vector before the first layer; empty if unknown: then every variant must be
     *     written
     */
    void add(Object id, Optional<double[]> before, Optional<Shape> shape, List<Variant> variants) {
        String idText = id instanceof Long number ? Long.toUnsignedString(number) : (String) id;
        List<Sheet.Picture> pictures = new ArrayList<>();
        for (Variant variant : variants) {
            pictures.add(picture(id, idText, before, shape, variant));
        }
        int cost = pictures.stream().mapToInt(SheetBuilder::cost).sum();
        if (rows.isEmpty() || (omitted == 0 && drawn + cost <= MAX_DRAWN)) {
            rows.add(new Sheet.Row(idText, before.map(FloatArrays::narrowed), pictures));
            drawn += cost;
        } else {
            omitted++;
        }
    }

    private static int cost(Sheet.Picture picture) {
        return picture.values().length * (1 + picture.draws().size()) / 2;
    }

    private Sheet.Picture picture(
            Object id,
            String idText,
            Optional<double[]> before,
            Optional<Shape> shape,
            Variant variant) {
        String stepText = Long.toUnsignedString(variant.step());
        if (variant.isDeterministic()) {
            double[] values = variant.written().or(() -> before).orElseThrow();
            return new Sheet.Picture(
                    stepText, FloatArrays.narrowed(values), "passed unchanged", List.of());
        }
        if (shape.isEmpty()) {
            return new Sheet.Picture(
                    stepText, FloatArrays.narrowed(variant.written().orElseThrow()), "", List.of());
        }
        RecordTrace trace =
                RecordTrace.of(transform, id, variant.step(), false, before, shape.get(), type);
        double[] made = trace.after();
        String record = "id %s step %s".formatted(idText, stepText);
        if (variant.written().isPresent() && before.isPresent()) {
            written++;
            if (!Arrays.equals(made, variant.written().get())) {
                writtenOtherwise++;
                firstOtherwise = firstOtherwise.isEmpty() ? record : firstOtherwise;
            }
        }
        List<AppliedLayer> masking =
                trace.layers().stream().filter(layer -> layer.draws().isPresent()).toList();
        // The mask can be derived from the vector if no other layer has changed it.
        boolean isObserved =
                variant.written().isPresent() && before.isPresent() && trace.layers().size() == 1;
        List<MaskDraws> draws = new ArrayList<>();
        String note = "";
        for (int i = 0; i < masking.size(); i++) {
            AppliedLayer layer = masking.get(i);
            MaskDraws drawn = layer.draws().orElseThrow();
            BitSet kept = layer.kept().orElseThrow();
            if (collectors.size() == i) {
                collectors.add(new MaskCollector(layer.name(), drawn));
            }
            collectors
                    .get(i)
                    .masks
                    .add(
                            isObserved
                                    ? observed(record, before.get(), variant.written().get())
                                    : ObservedMask.whole(record, drawn.mantissas().length, kept));
            draws.add(drawn);
            note =
                    String.format(
                            Locale.ROOT,
                            "%,d of %,d kept",
                            kept.cardinality(),
                            drawn.mantissas().length);
        }
        return new Sheet.Picture(
                stepText, FloatArrays.narrowed(variant.written().orElse(made)), note, draws);
    }

    /**
     * Derives the mask. For an element that was zero before, it is unknown whether it was dropped.
     */
    private static ObservedMask observed(String record, double[] before, double[] after) {
        BitSet known = new BitSet();
        BitSet kept = new BitSet();
        for (int i = 0; i < Math.min(before.length, after.length); i++) {
            known.set(i, before[i] != 0);
            kept.set(i, before[i] != 0 && after[i] != 0);
        }
        return new ObservedMask(record, before.length, known, kept);
    }

    /**
     * Returns the sheet.
     *
     * @param options the options that change bits, as {@code key=value}
     * @param python the lines of the Python code that gives the same vectors
     */
    Sheet build(String title, String command, List<String> options, List<String> python) {
        return new Sheet(
                title,
                command,
                options,
                image,
                collectors.stream().map(MaskCollector::layer).toList(),
                List.copyOf(rows),
                omitted,
                checks(),
                python);
    }

    private List<Verdict.Finding> checks() {
        if (written == 0) {
            return List.copyOf(notes);
        }
        List<Verdict.Finding> checks = new ArrayList<>();
        checks.add(
                writtenOtherwise == 0
                        ? new Verdict.Finding(
                                true,
                                String.format(
                                        Locale.ROOT,
                                        "All %,d written vectors are, bit for bit, what their"
                                                + " provenance gives.",
                                        written))
                        : new Verdict.Finding(
                                false,
                                String.format(
                                        Locale.ROOT,
                                        "%,d of %,d written vectors are not what their provenance"
                                                + " gives, the first of them %s.",
                                        writtenOtherwise,
                                        written,
                                        firstOtherwise)));
        checks.addAll(notes);
        return List.copyOf(checks);
    }

    /** Adds a finding. */
    void note(Verdict.Finding finding) {
        notes.add(finding);
    }

    /** The masks of one layer. */
    private static final class MaskCollector {
        private final String name;
        private final MaskDraws first;
        private final List<ObservedMask> masks = new ArrayList<>();

        MaskCollector(String name, MaskDraws first) {
            this.name = name;
            this.first = new MaskDraws(new long[0], first.bits(), first.threshold());
        }

        Sheet.MaskedLayer layer() {
            return new Sheet.MaskedLayer(
                    name,
                    first.bits(),
                    first.threshold(),
                    MaskStatistics.of(masks, first.keepProbability()));
        }
    }
}
