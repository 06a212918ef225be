package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.Shape;

/**
 * What a contact sheet shows.
 *
 * @param title what it is about, a job file for example
 * @param command the command that makes it
 * @param options the options that change bits, as {@code key=value}
 * @param image height, width and channels of the vectors that have such a size; empty: they are
 *     shown as strips
 * @param layers the layers that mask, in order
 * @param rows the records that are drawn
 * @param omitted how many records are not drawn, but part of the statistics
 * @param checks what else was found
 * @param python the Python that gives the same, its lines
 */
public record Sheet(
        String title,
        String command,
        List<String> options,
        Optional<Shape> image,
        List<MaskedLayer> layers,
        List<Row> rows,
        int omitted,
        List<Verdict.Finding> checks,
        List<String> python) {

    /** What was found, a sentence for each layer and each check. */
    public List<Verdict.Finding> findings() {
        List<Verdict.Finding> findings = new ArrayList<>();
        for (MaskedLayer layer : layers) {
            Verdict verdict = Verdict.of(layer.statistics());
            String name = layers.size() == 1 ? "" : layer.name() + ", ";
            findings.add(new Verdict.Finding(verdict.isExpected(), name + verdict.sentence()));
        }
        findings.addAll(checks);
        return findings;
    }

    /**
     * A layer that masks.
     *
     * @param name the last name of its module path
     * @param bits of a draw, see {@link MaskDraws}
     * @param threshold of a draw, see {@link MaskDraws}
     * @param statistics of the masks of all records
     */
    record MaskedLayer(String name, int bits, long threshold, MaskStatistics statistics) {}

    /**
     * A record.
     *
     * @param id as a person writes it
     * @param before its vector before anything was applied, where that is known
     * @param pictures one for each step
     */
    record Row(String id, Optional<float[]> before, List<Picture> pictures) {}

    /**
     * A vector after the layers.
     *
     * @param step as a person writes it
     * @param values the elements
     * @param note what is said of it beside its id and step
     * @param draws of the layers that mask, in order; none where the record passes unchanged
     */
    record Picture(String step, float[] values, String note, List<MaskDraws> draws) {}
}
