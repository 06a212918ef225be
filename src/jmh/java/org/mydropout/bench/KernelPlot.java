package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Plots the measurements in JAX's default layout as lines over the size, with logarithmic axes. */
final class KernelPlot {

    private KernelPlot() {}

    /** Writes the plot as SVG. */
    static void write(String environment, Table table, Path svg) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(900)
                        .height(500)
                        .title("%s (%s)".formatted(table.title(), environment))
                        .xAxisTitle("elements")
                        .yAxisTitle(table.unit())
                        .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        for (Row row : table.rows()) {
            if (row.group().equals(KernelReport.DEFAULT_LAYOUT) && !row.values().isEmpty()) {
                SortedMap<Integer, Double> bySize = new TreeMap<>();
                row.values().forEach((size, value) -> bySize.put(Integer.valueOf(size), value));
                chart.addSeries(
                                row.name(),
                                List.copyOf(bySize.keySet()),
                                List.copyOf(bySize.values()))
                        .setMarker(SeriesMarkers.CIRCLE);
            }
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg.toString(), VectorGraphicsFormat.SVG);
    }
}
