package org.mydropout.job.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.mydropout.kernel.layer.Shape;

/**
 * Writes a sheet's verdict and pictures as a PNG: images in a grid, other vectors as strips. Unlike
 * a page, it does not show draws and thresholds.
 */
final class SheetImage {

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private final Sheet sheet;
    private final SheetLayout layout;
    private final ValueColors colors;
    private int y = SheetLayout.MARGIN;

    private SheetImage(Sheet sheet, SheetLayout layout) {
        this.sheet = sheet;
        this.layout = layout;
        this.colors = new ValueColors(ValueRange.of(sheet.rows()));
    }

    /**
     * Writes the image.
     *
     * @throws IOException if it cannot be written
     */
    static void write(Sheet sheet, OutputStream out) throws IOException {
        BufferedImage canvas = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D probe = graphics(canvas);
        SheetLayout layout = new SheetLayout(sheet, probe.getFontMetrics());
        probe.dispose();
        BufferedImage whole =
                new BufferedImage(layout.width(), layout.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = graphics(whole);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, whole.getWidth(), whole.getHeight());
        new SheetImage(sheet, layout).paint(graphics);
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

    private void paint(Graphics2D graphics) {
        for (SheetLayout.Head head : layout.heads()) {
            head.lines().forEach(line -> text(graphics, line, head.color()));
        }
        y += SheetLayout.GAP;
        for (Sheet.Row row : layout.shownRows()) {
            if (sheet.image().isPresent()) {
                paintImages(graphics, row, sheet.image().get());
            } else {
                paintStrips(graphics, row);
            }
        }
    }

    private void text(Graphics2D graphics, String text, Color color) {
        graphics.setColor(color);
        graphics.drawString(text, SheetLayout.MARGIN, y + FONT.getSize());
        y += SheetLayout.LINE;
    }

    private void label(Graphics2D graphics, String text, int top) {
        graphics.setColor(SheetLayout.QUIET);
        graphics.drawString(text, SheetLayout.MARGIN, top + FONT.getSize());
    }

    private void paintImages(Graphics2D graphics, Sheet.Row row, Shape image) {
        int scale = layout.scale(image);
        int x = layout.pictureStart();
        label(graphics, "id " + row.id(), y);
        int bottom = y + image.dimension(0) * scale;
        if (row.before().isPresent()) {
            paintImage(graphics, row.before().get(), image, x);
            graphics.setColor(SheetLayout.QUIET);
            graphics.drawString("original", x, bottom + FONT.getSize());
        }
        for (Sheet.Picture picture : row.pictures()) {
            x += image.dimension(1) * scale + SheetLayout.GAP;
            paintImage(graphics, picture.values(), image, x);
            graphics.setColor(SheetLayout.QUIET);
            graphics.drawString("step " + picture.step(), x, bottom + FONT.getSize());
        }
        y += layout.rowHeight(row);
    }

    private void paintImage(Graphics2D graphics, float[] values, Shape image, int x) {
        int scale = layout.scale(image);
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
        List<String> labels = SheetLayout.labels(row);
        List<float[]> vectors = SheetLayout.vectors(row);
        int unknown = labels.size() - vectors.size(); // a record without its original
        for (int i = 0; i < vectors.size(); i++) {
            label(graphics, labels.get(i == 0 ? 0 : i + unknown), y);
            paintStrip(graphics, vectors.get(i));
            y += SheetLayout.stripHeight(vectors.get(i).length) + 2;
        }
        y += 2 * SheetLayout.GAP;
    }

    private void paintStrip(Graphics2D graphics, float[] values) {
        int columns = Math.max(1, Math.min(values.length, SheetLayout.STRIP));
        int lines = Math.max(1, (values.length + SheetLayout.STRIP - 1) / SheetLayout.STRIP);
        int lineHeight = SheetLayout.stripHeight(values.length) / lines;
        int x = layout.pictureStart();
        for (int i = 0; i < values.length; i++) {
            int column = i % columns;
            int from = x + column * SheetLayout.STRIP_WIDTH / columns;
            int to = x + (column + 1) * SheetLayout.STRIP_WIDTH / columns;
            graphics.setColor(colors.ofElement(values[i]));
            graphics.fillRect(from, y + i / columns * lineHeight, to - from, lineHeight);
        }
        graphics.setColor(new Color(0xD8DEE4));
        graphics.drawRect(x, y, SheetLayout.STRIP_WIDTH, SheetLayout.stripHeight(values.length));
    }
}
