package org.mydropout.job.sheet;

import java.util.List;

/**
 * The values of the darkest and the lightest colour of a sheet. They come from the originals, so
 * that values that dropout scales up look brighter. If no original is known, they come from the
 * vectors after dropout.
 *
 * @param low the lowest finite value, at most 0
 * @param high the highest finite value, at least 0
 */
record ValueRange(float low, float high) {

    static ValueRange of(List<Sheet.Row> rows) {
        boolean anyOriginal = rows.stream().anyMatch(row -> row.before().isPresent());
        float low = 0;
        float high = 0;
        for (Sheet.Row row : rows) {
            List<float[]> vectors =
                    anyOriginal
                            ? row.before().stream().toList()
                            : row.pictures().stream().map(Sheet.Picture::values).toList();
            for (float[] vector : vectors) {
                for (float value : vector) {
                    if (Float.isFinite(value)) {
                        low = Math.min(low, value);
                        high = Math.max(high, value);
                    }
                }
            }
        }
        return new ValueRange(low, high);
    }
}
