package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.WordUtils;
import org.mydropout.job.explain.RecordTrace.AppliedLayer;
import org.mydropout.job.text.PrintableText;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys.Fold;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.random.PrngKey;
import picocli.CommandLine.Help.Ansi;

/** Writes an explanation for people, at most 80 columns wide except for the Python code. */
public final class ExplanationText {

    private static final int SHOWN_RUNS = 12;
    private static final int COLUMNS = 80;

    private final Explanation explanation;
    private final ElementTable elements;
    private final TextStyle style;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param elements the indices of the elements to list
     * @param ansi whether to use colour
     */
    public ExplanationText(Explanation explanation, List<Integer> elements, Ansi ansi) {
        this.explanation = explanation;
        this.style = new TextStyle(ansi);
        this.elements = new ElementTable(explanation, elements, style);
    }

    /** The lines. */
    public List<String> lines() {
        lines.clear();
        lines.add(
                style.heading(
                        "Record id %s, step %s%s"
                                .formatted(
                                        PrintableText.printable(explanation.idText()),
                                        Long.toUnsignedString(explanation.step()),
                                        explanation
                                                .size()
                                                .map(size -> ": " + counted(size, "element"))
                                                .orElse(""))));
        explanation.options().forEach(option -> lines.add("  " + option));
        explanation.notes().forEach(note -> wrapped(note, ""));
        appendKeys();
        if (explanation.trace().layers().isEmpty()) {
            heading("No layer changes anything, and no key is sampled");
        }
        explanation.trace().layers().forEach(this::appendLayer);
        List<String> table = elements.lines();
        if (!table.isEmpty()) {
            heading("Elements");
            table.forEach(line -> lines.add("  " + line));
        }
        if (!explanation.python().isEmpty()) {
            heading("The same in Python");
            explanation.python().forEach(line -> lines.add("  " + line));
        }
        return List.copyOf(lines);
    }

    private void wrapped(String text, String indent) {
        WordUtils.wrap(text, COLUMNS - indent.length(), "\n", false)
                .lines()
                .forEach(line -> lines.add(indent + line));
    }

    private void heading(String text) {
        lines.add("");
        lines.add(style.heading(text));
    }

    private void appendKeys() {
        heading("Keys");
        key(
                "seed " + explanation.seed(),
                "",
                explanation.trace().derivation().baseKey().toString());
        for (Fold fold : explanation.trace().derivation().folds()) {
            key(
                    "fold_in, " + fold.part().name().toLowerCase(Locale.ROOT),
                    Long.toString(fold.word()),
                    fold.key().toString());
        }
    }

    private void key(String what, String word, String key) {
        lines.add("  %-26s %12s  %s".formatted(what, word, key));
    }

    private void appendLayer(AppliedLayer layer) {
        heading("Layer " + layer.name());
        appendWords(layer);
        layer.draws().ifPresent(draws -> appendMask(layer.kept().orElseThrow(), draws));
        layer.fields().forEach((name, value) -> lines.add("  %-26s %s".formatted(name, value)));
    }

    private void appendWords(AppliedLayer layer) {
        List<Long> words = layer.layer().words();
        String sampled = layer.key() + ", sampled";
        switch (layer.layer().flavor()) {
            case LINEN -> {
                key("fold_in, make_rng", "0x%08x".formatted(words.get(0)), sampled);
                lines.add("  " + hashed(layer.layer().path().orElseThrow()));
            }
            case NNX -> {
                PrngKey recordKey = explanation.trace().derivation().recordKey();
                PrngKey fork = layer.layer().keys(recordKey).get(0);
                key("fold_in, fork of nnx.Rngs", words.get(0).toString(), fork.toString());
                key("fold_in, call", words.get(1).toString(), sampled);
            }
            case RAW -> key("the record's key", "", sampled);
        }
    }

    /** The input of the hash, as a Python literal. */
    private static String hashed(ModulePath path) {
        String separator = path.rngSeparator() ? "\\x00" : "";
        String names =
                path.names().stream()
                        .map(name -> separator + PrintableText.printable(name))
                        .collect(Collectors.joining());
        String module =
                path.names().isEmpty() ? "the top-level module" : String.join(", ", path.names());
        return "SHA-1 of b\"%s%s\\x01\": first call of make_rng in %s"
                .formatted(names, separator, PrintableText.printable(module));
    }

    private void appendMask(BitSet kept, MaskDraws draws) {
        int size = draws.mantissas().length;
        BinomialCount count = new BinomialCount(size, draws.keepProbability(), kept.cardinality());
        lines.add(
                "  kept if its draw is below %d of 2^%d: %s"
                        .formatted(
                                draws.threshold(),
                                draws.bits(),
                                draws.bits() == Float.SIZE - 9
                                        ? "float32 " + Float.toString(probability32(draws))
                                        : "float64 " + Double.toString(draws.keepProbability())));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "  %,d kept, %,d dropped; expected %,.1f ± %,.1f kept",
                        count.hits(),
                        size - count.hits(),
                        count.expected(),
                        count.standardDeviation()));
        lines.add("  " + unusual(count));
        wrapped("runs: " + MaskRuns.of(kept, size, SHOWN_RUNS), "  ");
        if (size > 0) {
            lines.add("  mask, what is dropped filled:");
        }
        MaskPicture.of(kept, size, image(size)).forEach(line -> lines.add("  " + line));
    }

    private Optional<Shape> image(int size) {
        return explanation.image().filter(shape -> shape.size() == size);
    }

    private static float probability32(MaskDraws draws) {
        return (float) draws.keepProbability();
    }

    private static String unusual(BinomialCount count) {
        double percent = 100 * count.tailProbability();
        return String.format(
                Locale.ROOT,
                percent < 0.1
                        ? "%.1g %% of masks are at least as far off"
                        : "%.1f %% of masks are at least as far off",
                percent);
    }

    private static String counted(int number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
