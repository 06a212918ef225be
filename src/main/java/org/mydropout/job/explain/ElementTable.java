package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mydropout.job.explain.RecordTrace.AppliedLayer;
import org.mydropout.kernel.layer.MaskDraws;

/** A table of elements of a vector with their draws and their values before and after. */
final class ElementTable {

    private final Explanation explanation;
    private final List<Integer> indices;
    private final TextStyle style;
    private final List<AppliedLayer> masking;

    ElementTable(Explanation explanation, List<Integer> indices, TextStyle style) {
        this.explanation = explanation;
        this.indices = indices;
        this.style = style;
        this.masking =
                explanation.trace().layers().stream()
                        .filter(
                                layer ->
                                        layer.draws()
                                                .filter(draws -> covers(draws, indices))
                                                .isPresent())
                        .toList();
    }

    /** A layer may get a vector of another size than the record's. */
    private static boolean covers(MaskDraws draws, List<Integer> indices) {
        return indices.stream().allMatch(index -> index < draws.mantissas().length);
    }

    /** The lines with a heading; empty if there are no elements. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (indices.isEmpty() || (masking.isEmpty() && explanation.before().isEmpty())) {
            return lines;
        }
        StringBuilder head = new StringBuilder("   index");
        masking.forEach(
                layer ->
                        head.append(
                                "  %-18s"
                                        .formatted(
                                                masking.size() == 1
                                                        ? "draw"
                                                        : "draw of " + layer.name())));
        explanation.before().ifPresent(before -> head.append("  %14s".formatted("before")));
        explanation.after().ifPresent(after -> head.append("  %14s".formatted("after")));
        lines.add(style.quiet(head.toString().stripTrailing()));
        indices.forEach(index -> lines.add(line(index)));
        return lines;
    }

    private String line(int index) {
        StringBuilder line = new StringBuilder("%8d".formatted(index));
        boolean isDropped = false;
        for (AppliedLayer layer : masking) {
            MaskDraws draws = layer.draws().orElseThrow();
            boolean keeps = draws.keeps(index);
            isDropped |= !keeps;
            double draw = Math.scalb((double) draws.mantissas()[index], -draws.bits());
            line.append(
                    String.format(Locale.ROOT, "  %.7f %-8s", draw, keeps ? "kept" : "dropped"));
        }
        boolean isChanged = false;
        if (explanation.before().isPresent()) {
            line.append("  %14s".formatted(text(explanation.before().get()[index])));
        }
        if (explanation.after().isPresent() && index < explanation.after().get().length) {
            double after = explanation.after().get()[index];
            line.append("  %14s".formatted(text(after)));
            isChanged =
                    explanation.before().isPresent()
                            && Double.doubleToLongBits(after)
                                    != Double.doubleToLongBits(explanation.before().get()[index]);
        }
        String text =
                ((isDropped ? "x" : isChanged ? "*" : " ") + line.substring(1)).stripTrailing();
        return isDropped ? style.dropped(text) : isChanged ? style.changed(text) : text;
    }

    private String text(double value) {
        return explanation.type().text(value);
    }
}
