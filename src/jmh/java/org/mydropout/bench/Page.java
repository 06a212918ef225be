package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes measurements into a page in Markdown. Comments say what belongs where: the title of a
 * table, the group of its rows, and the JVM. A table stands between two of them, and the link to a
 * plot after one.
 *
 * <pre>{@code
 * <!-- table: Dropout at rate 0.1; x64; JDK 17 -->
 * <!-- end -->
 *
 * <!-- plot: Dropout at rate 0.1; JDK 17 -->
 * ![Lines over the size](images/kernel.svg)
 * }</pre>
 *
 * @param file the page
 * @param images the directory of its plots
 */
record Page(Path file, Path images) {

    private static final Pattern TABLE =
            Pattern.compile(
                    "(<!-- table: (.+); (.*); (.+) -->\n)(?:(?!<!-- table:)(?s:.))*?(<!-- end -->)");

    private static final Pattern PLOT =
            Pattern.compile("<!-- plot: (.+); (.+) -->\n!\\[(?s:.*?)]\\(images/([^)]+)\\)");

    /**
     * Replaces the tables that were measured, and their plots; others stay.
     *
     * @throws IllegalArgumentException if a table has no place
     */
    void write(List<Measurement> lines) throws IOException {
        String text = Files.readString(file);
        Set<String> places =
                TABLE.matcher(text)
                        .results()
                        .map(place -> place(place.group(2), place.group(3), place.group(4)))
                        .collect(Collectors.toSet());
        for (Measurement line : lines) {
            String place = place(line.table(), line.group(), line.jvm());
            if (!places.contains(place)) {
                throw new IllegalArgumentException(
                        "%s has no place for a table: <!-- table: %s -->".formatted(file, place));
            }
        }
        Files.writeString(
                file,
                TABLE.matcher(text)
                        .replaceAll(place -> Matcher.quoteReplacement(table(place, lines))));
        Matcher plots = PLOT.matcher(text);
        while (plots.find()) {
            plot(select(lines, plots.group(1), plots.group(2)), images.resolve(plots.group(3)));
        }
    }

    private static String place(String table, String group, String jvm) {
        return table + "; " + group + "; " + jvm;
    }

    private static String table(MatchResult place, List<Measurement> lines) {
        List<Measurement> measured =
                select(lines, place.group(2), place.group(4)).stream()
                        .filter(line -> line.group().equals(place.group(3)))
                        .toList();
        if (measured.isEmpty()) {
            return place.group();
        }
        String table = Measurement.table(measured).markdown();
        return "%s%s\n*%s*\n%s"
                .formatted(place.group(1), table, measured.get(0).environment(), place.group(5));
    }

    private static List<Measurement> select(List<Measurement> lines, String title, String jvm) {
        return lines.stream()
                .filter(line -> line.table().equals(title) && line.jvm().equals(jvm))
                .toList();
    }

    private static void plot(List<Measurement> lines, Path svg) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        Table table = Measurement.table(lines);
        String environment = lines.get(0).environment();
        switch (table.title()) {
            case BudgetReport.TITLE -> BudgetPlot.write(environment, table, svg);
            case KernelReport.TITLE -> KernelPlot.write(environment, table, svg);
            default ->
                    throw new IllegalArgumentException(
                            "There is no plot for the table '%s'.".formatted(table.title()));
        }
    }
}
