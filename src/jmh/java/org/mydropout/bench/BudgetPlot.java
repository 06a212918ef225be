package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/** Plots the parts of a record's time as a stacked bar per size, in per cent of the whole. */
final class BudgetPlot {

    private BudgetPlot() {}

    /**
     * Writes the plot as SVG.
     *
     * @param table its first row is the whole, the others are the parts
     */
    static void write(String environment, Table table, Path svg) throws IOException {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(900)
                        .height(500)
                        .title("%s (%s)".formatted(table.title(), environment))
                        .xAxisTitle("elements")
                        .yAxisTitle("% of the time of a record")
                        .build();
        chart.getStyler().setStacked(true);
        Row whole = table.rows().get(0);
        List<String> sizes = table.columns();
        for (Row part : table.rows().subList(1, table.rows().size())) {
            chart.addSeries(
                    part.name(),
                    sizes,
                    sizes.stream()
                            .map(size -> 100 * part.values().get(size) / whole.values().get(size))
                            .toList());
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg.toString(), VectorGraphicsFormat.SVG);
    }
}
