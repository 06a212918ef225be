package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The script that one would write in place of the job, on one core.
 *
 * @param directory the directory for input and output, which are deleted at the end
 * @param python a Python with JAX, Flax and orjson
 */
record PythonScript(Path directory, String python) {

    private static final String NAME = "a Python script: orjson and jit of vmap over 1024";

    private static final double NANOSECONDS = 1e9;

    /** Measures the lines of {@link FilesBenchmark}, in records/s after the start. */
    Row measure() throws IOException, InterruptedException {
        Map<String, Double> rates = new LinkedHashMap<>();
        StringJoiner starts = new StringJoiner(" and ", "starts in ", " s");
        try {
            for (int size : List.of(128, 1024)) {
                Map<String, Map<String, Double>> measured = measure(size);
                String column = "" + size;
                rates.put(column, NANOSECONDS / measured.get(NAME).get(column));
                double start = measured.get("start").get(column) / NANOSECONDS;
                starts.add(String.format(Locale.ROOT, "%.1f", start));
            }
        } catch (IOException e) {
            return Row.missing("", NAME, e.getMessage());
        }
        return new Row("", NAME, rates, starts.toString());
    }

    private Map<String, Map<String, Double>> measure(int size)
            throws IOException, InterruptedException {
        Path input = directory.resolve("script-in.jsonl");
        Path output = directory.resolve("script-out.jsonl");
        try {
            Lines.write(input, size, FilesBenchmark.records(size));
            return ForeignProgram.measure(
                    List.of(
                            python,
                            "src/jmh/python/dropout_lines.py",
                            input.toString(),
                            output.toString()));
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(output);
        }
    }
}
