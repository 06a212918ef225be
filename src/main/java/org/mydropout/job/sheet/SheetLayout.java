package org.mydropout.job.sheet;

import java.awt.Color;
import java.awt.FontMetrics;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.text.WordUtils;
import org.mydropout.kernel.layer.Shape;

/** The measures of a {@link SheetImage}, in pixels, and the sentences and records that it shows. */
final class SheetLayout {

    /** The distance of everything from the borders. */
    static final int MARGIN = 16;

    /** The distance between pictures. */
    static final int GAP = 4;

    /** The height of a line of text. */
    static final int LINE = 20;

    /** The elements, and pixels, in a line of a strip. */
    static final int STRIP = 256;

    static final int STRIP_WIDTH = 768;

    static final Color INK = new Color(0x1B1F24);
    static final Color QUIET = new Color(0x59636E);
    private static final Color GOOD = new Color(0x1A7F37);
    private static final Color BAD = new Color(0xC62828);

    /** Higher images are cut off after a record, and a sentence says so. */
    private static final int MAX_HEIGHT = 10_000;

    /** A sentence above the pictures, in lines that fit. */
    record Head(List<String> lines, Color color) {}

    private final Sheet sheet;
    private final FontMetrics metrics;
    private final int labelWidth;

    SheetLayout(Sheet sheet, FontMetrics metrics) {
        this.sheet = sheet;
        this.metrics = metrics;
        this.labelWidth =
                sheet.rows().stream()
                        .flatMap(row -> labels(row).stream())
                        .mapToInt(metrics::stringWidth)
                        .max()
                        .orElse(0);
    }

    /** What is written beside or below the pictures of a record. */
    static List<String> labels(Sheet.Row row) {
        List<String> labels = new ArrayList<>();
        labels.add("id " + row.id());
        row.pictures().forEach(picture -> labels.add("step " + picture.step()));
        return labels;
    }

    private int columns() {
        return 1 + sheet.rows().stream().mapToInt(row -> row.pictures().size()).max().orElse(0);
    }

    /** The size of an image's pixel in pixels. */
    int scale(Shape image) {
        return Math.max(1, 112 / Math.max(image.dimension(0), image.dimension(1)));
    }

    /** Where the pictures begin. */
    int pictureStart() {
        return MARGIN + labelWidth + 2 * GAP;
    }

    /** The width of the image. */
    int width() {
        int pictures =
                sheet.image()
                        .map(image -> columns() * (image.dimension(1) * scale(image) + GAP))
                        .orElse(STRIP_WIDTH);
        return Math.max(640, MARGIN + pictureStart() + pictures);
    }

    /** The height of a record with its labels. */
    int rowHeight(Sheet.Row row) {
        return sheet.image()
                .map(image -> image.dimension(0) * scale(image) + GAP + LINE)
                .orElseGet(
                        () ->
                                vectors(row).stream()
                                                .mapToInt(vector -> stripHeight(vector.length) + 2)
                                                .sum()
                                        + 2 * GAP);
    }

    /** The height of a strip of a vector. */
    static int stripHeight(int length) {
        int lines = Math.max(1, (length + STRIP - 1) / STRIP);
        return lines == 1 ? 16 : lines * Math.max(3, 40 / lines);
    }

    /** The vectors of a record: the original where it is known, and those after it. */
    static List<float[]> vectors(Sheet.Row row) {
        List<float[]> vectors = new ArrayList<>();
        row.before().ifPresent(vectors::add);
        row.pictures().forEach(picture -> vectors.add(picture.values()));
        return vectors;
    }

    /** The records that fit; always the first. */
    List<Sheet.Row> shownRows() {
        List<Sheet.Row> shown = new ArrayList<>();
        int height = 0;
        for (Sheet.Row row : sheet.rows()) {
            height += rowHeight(row);
            if (!shown.isEmpty() && height > MAX_HEIGHT) {
                break;
            }
            shown.add(row);
        }
        return shown;
    }

    /** The height of the image. */
    int height() {
        int heads = heads().stream().mapToInt(head -> head.lines().size()).sum();
        return 2 * MARGIN
                + GAP
                + heads * LINE
                + shownRows().stream().mapToInt(this::rowHeight).sum();
    }

    /** The sentences above the pictures, in lines that fit. */
    List<Head> heads() {
        List<Head> heads = new ArrayList<>();
        heads.add(head(sheet.title() + "   " + String.join("   ", sheet.options()), INK));
        for (Verdict.Finding finding : sheet.findings()) {
            heads.add(head(finding.text(), finding.isExpected() ? GOOD : BAD));
        }
        int left = sheet.rows().size() + sheet.omitted() - shownRows().size();
        if (left > 0) {
            heads.add(head(left + " more records are not shown.", QUIET));
        }
        return heads;
    }

    private Head head(String text, Color color) {
        int characters = (width() - 2 * MARGIN) / metrics.charWidth('e');
        return new Head(WordUtils.wrap(text, characters, "\n", true).lines().toList(), color);
    }
}
