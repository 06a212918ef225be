package org.mydropout.job.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.Shape;

/**
 * The content of a contact sheet.
 *
 * @param title the title, for example a job file
 * @param command the command that creates the sheet
 * @param options the options that change bits, as {@code key=value}
 * @param image height, width and channels of the vectors of that size; empty: vectors are shown as
 *     strips
 * @param layers the masking layers, in order
 * @param rows the records that the sheet draws
 * @param omitted the number of further records, which are part of the statistics only
 * @param checks further findings
 * @param python the lines of the Python code that gives the same vectors
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

    /** The findings, a sentence per layer and check. */
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
     * A masking layer.
     *
     * @param name the last name of its module path
     * @param bits the bits of a draw, see {@link MaskDraws}
     * @param threshold the threshold of a draw, see {@link MaskDraws}
     * @param statistics the statistics of the masks of all records
     */
    record MaskedLayer(String name, int bits, long threshold, MaskStatistics statistics) {}

    /**
     * A record.
     *
     * @param id the id as text
     * @param before the vector before the layers, if known
     * @param pictures the pictures, one per step
     */
    record Row(String id, Optional<float[]> before, List<Picture> pictures) {}

    /**
     * A vector after the layers.
     *
     * @param step the step as text
     * @param values the elements
     * @param note a note in addition to id and step
     * @param draws the draws of the masking layers, in order; empty if the record passes unchanged
     */
    record Picture(String step, float[] values, String note, List<MaskDraws> draws) {}
}
