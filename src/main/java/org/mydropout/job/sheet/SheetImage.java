package org.mydropout.job.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.text.WordUtils;
import org.mydropout.kernel.layer.Shape;

/**
 * Writes a sheet's verdict and pictures as a PNG: images in a grid, other vectors as strips. Unlike
 * a page, it does not show draws and thresholds.
 */
final class SheetImage {

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color INK = new Color(0x1B1F24);
    private static final Color QUIET = new Color(0x59636E);
    private static final Color GOOD = new Color(0x1A7F37);
    private static final Color BAD = new Color(0xC62828);

    private static final int MARGIN = 16;
    private static final int GAP = 4;
    private static final int LINE = 20;

    /** The elements, and pixels, in a line of a strip. */
    private static final int STRIP = 256;

    private static final int STRIP_WIDTH = 768;

    /** Higher images are cut off after a record, and a sentence says so. */
    private static final int MAX_HEIGHT = 10_000;

    /** A sentence above the pictures. */
    private record Head(List<String> lines, Color color) {}

    private final Sheet sheet;
    private final FontMetrics metrics;
    private final ValueColors colors;
    private final int labelWidth;
    private int y = MARGIN;

    private SheetImage(Sheet sheet, FontMetrics metrics, int labelWidth) {
        this.sheet = sheet;
        this.metrics = metrics;
        this.colors = new ValueColors(ValueRange.of(sheet.rows()));
        this.labelWidth = labelWidth;
    }

    /**
     * Writes the image.
     *
     * @throws IOException if it cannot be written
     */
    static void write(Sheet sheet, OutputStream out) throws IOException {
        BufferedImage canvas = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D probe = graphics(canvas);
        FontMetrics metrics = probe.getFontMetrics();
        int labelWidth =
                sheet.rows().stream()
                        .flatMap(row -> labels(row).stream())
                        .mapToInt(metrics::stringWidth)
                        .max()
                        .orElse(0);
        probe.dispose();
        SheetImage image = new SheetImage(sheet, metrics, labelWidth);
        BufferedImage whole =
                new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(whole);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, whole.getWidth(), whole.getHeight());
        image.paint(graphics);
        graphics.dispose();
        ImageIO.write(whole, "png", out);
    }

    private static Graphics2D graphics(BufferedImage canvas) {
        Graphics2D graphics = canvas.createGraphics();
        graphics.setFont(FONT);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return graphics;
    }

    private static List<String> labels(Sheet.Row row) {
        List<String> labels = new ArrayList<>();
        labels.add("id " + row.id());
        row.pictures().forEach(picture -> labels.add("step " + picture.step()));
        return labels;
    }

    private int columns() {
        return 1 + sheet.rows().stream().mapToInt(row -> row.pictures().size()).max().orElse(0);
    }

    /** The size of an image's pixel in pixels. */
    private int scale(Shape image) {
        return Math.max(1, 112 / Math.max(image.dimension(0), image.dimension(1)));
    }

    private int width() {
        int pictures =
                sheet.image()
                        .map(image -> columns() * (image.dimension(1) * scale(image) + GAP))
                        .orElse(STRIP_WIDTH);
        return Math.max(640, 2 * MARGIN + labelWidth + 2 * GAP + pictures);
    }

    private int rowHeight(Sheet.Row row) {
        return sheet.image()
                .map(image -> image.dimension(0) * scale(image) + GAP + LINE)
                .orElseGet(
                        () ->
                                vectors(row).stream()
                                                .mapToInt(vector -> stripHeight(vector.length) + 2)
                                                .sum()
                                        + 2 * GAP);
    }

    private static int stripHeight(int length) {
        int lines = Math.max(1, (length + STRIP - 1) / STRIP);
        return lines == 1 ? 16 : lines * Math.max(3, 40 / lines);
    }

    private static List<float[]> vectors(Sheet.Row row) {
        List<float[]> vectors = new ArrayList<>();
        row.before().ifPresent(vectors::add);
        row.pictures().forEach(picture -> vectors.add(picture.values()));
        return vectors;
    }

    private List<Sheet.Row> shownRows() {
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

    private int height() {
        int heads = heads().stream().mapToInt(head -> head.lines().size()).sum();
        return 2 * MARGIN
                + GAP
                + heads * LINE
                + shownRows().stream().mapToInt(this::rowHeight).sum();
    }

    /** The sentences above the pictures, in lines that fit. */
    private List<Head> heads() {
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

    private void paint(Graphics2D graphics) {
        for (Head head : heads()) {
            head.lines().forEach(line -> text(graphics, line, head.color()));
        }
        y += GAP;
        List<Sheet.Row> rows = shownRows();
        for (Sheet.Row row : rows) {
            if (sheet.image().isPresent()) {
                paintImages(graphics, row, sheet.image().get());
            } else {
                paintStrips(graphics, row);
            }
        }
    }

    private void text(Graphics2D graphics, String text, Color color) {
        graphics.setColor(color);
        graphics.drawString(text, MARGIN, y + FONT.getSize());
        y += LINE;
    }

    private void label(Graphics2D graphics, String text, int top) {
        graphics.setColor(QUIET);
        graphics.drawString(text, MARGIN, top + FONT.getSize());
    }

    private void paintImages(Graphics2D graphics, Sheet.Row row, Shape image) {
        int scale = scale(image);
        int x = MARGIN + labelWidth + 2 * GAP;
        label(graphics, "id " + row.id(), y);
        int bottom = y + image.dimension(0) * scale;
        if (row.before().isPresent()) {
            paintImage(graphics, row.before().get(), image, x);
            graphics.setColor(QUIET);
            graphics.drawString("original", x, bottom + FONT.getSize());
        }
        for (Sheet.Picture picture : row.pictures()) {
            x += image.dimension(1) * scale + GAP;
            paintImage(graphics, picture.values(), image, x);
            graphics.setColor(QUIET);
            graphics.drawString("step " + picture.step(), x, bottom + FONT.getSize());
        }
        y += rowHeight(row);
    }

    private void paintImage(Graphics2D graphics, float[] values, Shape image, int x) {
        int scale = scale(image);
        int channels = image.dimension(2);
        for (int pixel = 0; (pixel + 1) * channels <= values.length; pixel++) {
            int row = pixel / image.dimension(1);
            int column = pixel % image.dimension(1);
            if (row < image.dimension(0)) {
                graphics.setColor(colors.ofPixel(values, pixel * channels, channels));
                graphics.fillRect(x + column * scale, y + row * scale, scale, scale);
            }
        }
    }

    private void paintStrips(Graphics2D graphics, Sheet.Row row) {
        List<String> labels = labels(row);
        List<float[]> vectors = vectors(row);
        int unknown = labels.size() - vectors.size(); // a record without its original
        for (int i = 0; i < vectors.size(); i++) {
            label(graphics, labels.get(i == 0 ? 0 : i + unknown), y);
            paintStrip(graphics, vectors.get(i));
            y += stripHeight(vectors.get(i).length) + 2;
        }
        y += 2 * GAP;
    }

    private void paintStrip(Graphics2D graphics, float[] values) {
        int columns = Math.max(1, Math.min(values.length, STRIP));
        int lines = Math.max(1, (values.length + STRIP - 1) / STRIP);
        int lineHeight = stripHeight(values.length) / lines;
        int x = MARGIN + labelWidth + 2 * GAP;
        for (int i = 0; i < values.length; i++) {
            int column = i % columns;
            int from = x + column * STRIP_WIDTH / columns;
            int to = x + (column + 1) * STRIP_WIDTH / columns;
            graphics.setColor(colors.ofElement(values[i]));
            graphics.fillRect(from, y + i / columns * lineHeight, to - from, lineHeight);
        }
        graphics.setColor(new Color(0xD8DEE4));
        graphics.drawRect(x, y, STRIP_WIDTH, stripHeight(values.length));
    }
}
