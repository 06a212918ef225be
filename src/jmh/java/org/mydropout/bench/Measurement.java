package org.mydropout.bench;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.annotation.Nullable;

/**
 * A line of {@code benchmarks.csv}: a cell of a table, or a row without numbers. The lines of a
 * file are enough to make its tables again.
 *
 * @param environment the processor, the JVM, and the day
 * @param jvm what tables for the same machine differ in: {@code JDK 17}, for example
 * @param table the title of the table
 * @param unit the unit of its values
 * @param isRate whether more is better
 * @param group the group of the row
 * @param row the name of the row
 * @param column the column; empty in a row without numbers
 * @param value the value; null in a row without numbers
 * @param remark why there are no numbers, or another remark; may be empty
 */
record Measurement(
        String environment,
        String jvm,
        String table,
        String unit,
        boolean isRate,
        String group,
        String row,
        String column,
        @Nullable Double value,
        String remark) {

    private static final CsvMapper CSV =
            CsvMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private static final CsvSchema SCHEMA = CSV.schemaFor(Measurement.class).withHeader();

    /** Writes tables of one machine and JVM to a file. */
    static void write(Path file, String environment, String jvm, List<Table> tables)
            throws IOException {
        List<Measurement> lines = new ArrayList<>();
        for (Table table : tables) {
            for (Row row : table.rows()) {
                if (row.values().isEmpty()) {
                    lines.add(of(environment, jvm, table, row, "", null));
                }
                row.values()
                        .forEach(
                                (column, value) ->
                                        lines.add(of(environment, jvm, table, row, column, value)));
            }
        }
        CSV.writer(SCHEMA).writeValue(file.toFile(), lines);
    }

    private static Measurement of(
            String environment,
            String jvm,
            Table table,
            Row row,
            String column,
            @Nullable Double value) {
        return new Measurement(
                environment,
                jvm,
                table.title(),
                table.unit(),
                table.isRate(),
                row.group(),
                row.name(),
                column,
                value,
                row.remark());
    }

    /** Reads the lines of a file. */
    static List<Measurement> read(Path file) throws IOException {
        try (MappingIterator<Measurement> lines =
                CSV.readerFor(Measurement.class).with(SCHEMA).readValues(file.toFile())) {
            return lines.readAll();
        }
    }

    /** The table that some lines are of. */
    static Table table(List<Measurement> lines) {
        List<Row> rows = new ArrayList<>();
        Row last = null;
        for (Measurement line : lines) {
            if (last == null || !last.name().equals(line.row) || !last.group().equals(line.group)) {
                last = new Row(line.group, line.row, new LinkedHashMap<>(), line.remark);
                rows.add(last);
            }
            if (line.value != null) {
                last.values().put(line.column, line.value);
            }
        }
        Measurement first = lines.get(0);
        return new Table(first.table, first.unit, first.isRate, rows);
    }
}
