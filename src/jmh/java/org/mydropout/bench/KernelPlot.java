package org.mydropout.bench;

import java.util.List;
import java.util.Locale;

/** The measurements in JAX's default layout as lines over the size, both axes logarithmic. */
final class KernelPlot {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int RIGHT = 600;
    private static final int TOP = 40;
    private static final int BOTTOM = 370;
    private static final double LEAST = 0.25;
    private static final double MOST = 1000;
    private static final List<String> COLORS =
            List.of(
                    "#444444", "#d62728", "#ff9896", "#1f77b4", "#17becf", "#2ca02c", "#9467bd",
                    "#bcbd22", "#8c564b");

    private KernelPlot() {}

    static String svg(String environment, Table table) {
        List<Integer> sizes = table.columns().stream().map(Integer::valueOf).sorted().toList();
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" \
                font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="%d" y="20">Dropout, nanoseconds an element (%s)</text>
                """
                        .formatted(WIDTH, HEIGHT, LEFT, environment));
        for (double tick = LEAST * 4; tick <= MOST; tick *= 10) {
            svg.append(
                    format(
                            """
                            <line x1="%d" x2="%d" y1="%.1f" y2="%.1f" stroke="#dddddd"/>
                            <text x="%d" y="%.1f" text-anchor="end">%.0f</text>
                            """,
                            LEFT, RIGHT, y(tick), y(tick), LEFT - 8, y(tick) + 4, tick));
        }
        for (int size : sizes) {
            svg.append(
                    format(
                            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>%n",
                            x(sizes, size), BOTTOM + 20, size));
        }
        int series = 0;
        for (Row row : table.rows()) {
            if (!row.group().equals(KernelReport.DEFAULT_LAYOUT) || row.values().isEmpty()) {
                continue;
            }
            StringBuilder points = new StringBuilder();
            for (int size : sizes) {
                Double nanoseconds = row.values().get("" + size);
                if (nanoseconds != null) {
                    points.append(format("%.1f,%.1f ", x(sizes, size), y(nanoseconds)));
                }
            }
            int legend = TOP + 20 * series;
            svg.append(
                    format(
                            """
                            <g stroke="%s" fill="none"><polyline points="%s" stroke-width="2"/>
                            <line x1="%d" x2="%d" y1="%d" y2="%d" stroke-width="4"/></g>
                            <text x="%d" y="%d">%s</text>
                            """,
                            COLORS.get(series % COLORS.size()),
                            points.toString().trim(),
                            RIGHT + 20,
                            RIGHT + 40,
                            legend,
                            legend,
                            RIGHT + 48,
                            legend + 4,
                            row.name()));
            series++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(List<Integer> sizes, int size) {
        double first = Math.log(sizes.get(0));
        double last = Math.log(sizes.get(sizes.size() - 1));
        return LEFT + (RIGHT - LEFT) * (Math.log(size) - first) / (last - first);
    }

    private static double y(double nanoseconds) {
        double share = Math.log(nanoseconds / LEAST) / Math.log(MOST / LEAST);
        return BOTTOM - (BOTTOM - TOP) * share;
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
