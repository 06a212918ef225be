package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.mydropout.kernel.layer.Shape;

/**
 * Draws a mask with block characters, at most 80 columns wide. A line of an image has two rows of
 * pixels; a vector runs from left to right. Dropped elements are filled. If a character stands for
 * several elements, its shade shows the share of dropped ones.
 */
final class MaskPicture {

    private static final int MAX_COLUMNS = 78;
    private static final int MAX_LINES = 40;

    /** The elements of a vector per line. */
    private static final int VECTOR_COLUMNS = 64;

    private static final int MAX_VECTOR_LINES = 16;

    private static final String SHADES = "·░▒▓█";

    private final BitSet kept;

    private MaskPicture(BitSet kept) {
        this.kept = kept;
    }

    /**
     * Draws a mask.
     *
     * @param kept the elements that are kept
     * @param size the number of elements
     * @param image height, width and channels, if the elements are an image
     * @return the lines
     */
    static List<String> of(BitSet kept, int size, Optional<Shape> image) {
        MaskPicture picture = new MaskPicture(kept);
        return image.isPresent()
                ? picture.image(
                        image.get().dimension(0),
                        image.get().dimension(1),
                        image.get().dimension(2))
                : picture.vector(size);
    }

    private List<String> vector(int size) {
        int perCharacter =
                Math.max(1, (int) Math.ceil((double) size / (VECTOR_COLUMNS * MAX_VECTOR_LINES)));
        int perLine = perCharacter * VECTOR_COLUMNS;
        int indexWidth = String.valueOf(Math.max(0, size - 1)).length();
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < size; start += perLine) {
            StringBuilder line = new StringBuilder(("%" + indexWidth + "d ").formatted(start));
            int end = Math.min(size, start + perLine);
            for (int from = start; from < end; from += perCharacter) {
                line.append(
                        shade(
                                dropped(from, Math.min(end, from + perCharacter)),
                                Math.min(end, from + perCharacter) - from));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Draws a frame, because kept pixels are blank. */
    private List<String> image(int height, int width, int channels) {
        int scale =
                Math.max(
                        1,
                        Math.max(
                                (width + MAX_COLUMNS - 1) / MAX_COLUMNS,
                                (height + 2 * MAX_LINES - 1) / (2 * MAX_LINES)));
        int columns = (width + scale - 1) / scale;
        List<String> lines = new ArrayList<>();
        lines.add('┌' + "─".repeat(columns) + '┐');
        for (int top = 0; top < height; top += 2 * scale) {
            StringBuilder line = new StringBuilder("│");
            for (int left = 0; left < width; left += scale) {
                line.append(
                        scale == 1 && channels == 1
                                ? halves(top, left, height, width)
                                : cell(top, left, 2 * scale, scale, height, width, channels));
            }
            lines.add(line.append('│').toString());
        }
        lines.add('└' + "─".repeat(columns) + '┘');
        return lines;
    }

    private char halves(int top, int left, int height, int width) {
        boolean upper = !kept.get(top * width + left);
        boolean lower = top + 1 < height && !kept.get((top + 1) * width + left);
        return upper ? lower ? '█' : '▀' : lower ? '▄' : ' ';
    }

    private char cell(
            int top, int left, int rows, int columns, int height, int width, int channels) {
        int dropped = 0;
        int all = 0;
        for (int row = top; row < Math.min(height, top + rows); row++) {
            int from = (row * width + left) * channels;
            int to = (row * width + Math.min(width, left + columns)) * channels;
            dropped += dropped(from, to);
            all += to - from;
        }
        return dropped == 0 ? ' ' : shade(dropped, all);
    }

    private int dropped(int from, int to) {
        return to - from - kept.get(from, to).cardinality();
    }

    /** The shade for a share. No element and all elements have separate shades. */
    private static char shade(int dropped, int all) {
        return SHADES.charAt((int) Math.ceil((double) dropped / all * (SHADES.length() - 1)));
    }
}
