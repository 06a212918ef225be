package org.mydropout.job.sheet;

import java.awt.Color;

/** The colours of values in an image file, which are those of a page's light theme. */
record ValueColors(ValueRange range) {

    private static final Color NOT_FINITE = new Color(0xB000B0);
    private static final Color ABOVE_ZERO = new Color(0x1D4FA8);
    private static final Color BELOW_ZERO = new Color(0xB35900);

    /** Grey, or red, green and blue for three channels. */
    Color ofPixel(float[] values, int index, int channels) {
        for (int i = index; i < index + channels; i++) {
            if (!Float.isFinite(values[i])) {
                return NOT_FINITE;
            }
        }
        float red = level(values[index]);
        return channels == 3
                ? new Color(red, level(values[index + 1]), level(values[index + 2]))
                : new Color(red, red, red);
    }

    private float level(float value) {
        float extent = range.high() - range.low();
        return extent == 0 ? 0 : Math.max(0, Math.min(1, (value - range.low()) / extent));
    }

    /** Blue above zero and orange below, paler towards zero. */
    Color ofElement(float value) {
        if (!Float.isFinite(value)) {
            return NOT_FINITE;
        }
        float most = Math.max(-range.low(), range.high());
        float share = most == 0 ? 0 : Math.min(1, Math.abs(value) / most);
        Color color = value < 0 ? BELOW_ZERO : ABOVE_ZERO;
        return new Color(
                blend(color.getRed(), share),
                blend(color.getGreen(), share),
                blend(color.getBlue(), share));
    }

    private static int blend(int channel, float share) {
        return Math.round(255 + (channel - 255) * share);
    }
}
