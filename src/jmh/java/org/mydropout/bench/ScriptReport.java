package org.mydropout.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.mydropout.bench.LineProcess.Measured;

/**
 * The job beside the script that one would write in its place: the same lines, by turns, each
 * process on one processor. The values that both write must be equal.
 *
 * @param directory the directory for input and output, which are deleted at the end
 * @param python a Python with JAX, Flax and orjson
 * @param sizes the sizes of the vectors
 * @param quick whether each process runs once, on fewer elements; otherwise three times, and the
 *     table has medians
 */
record ScriptReport(Path directory, String python, List<String> sizes, boolean quick) {

    private static final String JOB = "MyDropout";
    private static final String SCRIPT = "a Python script: orjson and jit of vmap over 1024";

    /** Enough that C2 on one processor has compiled the job by the last quarter. */
    private static final int ELEMENTS = 160_000_000;

    private static final int QUICK_ELEMENTS = 40_000_000;

    private static final int SMALL_SIZE = 128;
    private static final int SMALL_RECORDS = 20_000;

    /** Measures the steady state. */
    Table steadyState() throws IOException, InterruptedException {
        Map<String, Double> job = new LinkedHashMap<>();
        Map<String, Double> script = new LinkedHashMap<>();
        for (String size : sizes) {
            int records = (quick ? QUICK_ELEMENTS : ELEMENTS) / Integer.parseInt(size);
            Map<String, List<Measured>> measured;
            double lineOfJob;
            double lineOfScript;
            try {
                Lines.write(input(), Integer.parseInt(size), records);
                measured = measure();
                lineOfJob = (double) job().bytes() / records;
                lineOfScript = (double) script().bytes() / records;
            } finally {
                delete();
            }
            job.put(size, 1 / (median(measured.get(JOB), Measured::perByte) * lineOfJob));
            script.put(size, 1 / (median(measured.get(SCRIPT), Measured::perByte) * lineOfScript));
        }
        return new Table(
                "Whole processes from JSON lines to JSON lines, their steady state",
                "records/s of processor time",
                true,
                List.of(new Row("", SCRIPT, script), new Row("", JOB, job)));
    }

    /** Measures the start, and a small file. */
    Table start() throws IOException, InterruptedException {
        Map<String, List<Measured>> measured;
        try {
            Lines.write(input(), SMALL_SIZE, SMALL_RECORDS);
            measured = measure();
        } finally {
            delete();
        }
        List<Row> rows = new ArrayList<>();
        for (String name : List.of(SCRIPT, JOB)) {
            List<Measured> runs = measured.get(name);
            Map<String, Double> seconds = new LinkedHashMap<>();
            seconds.put("first output", median(runs, Measured::first));
            seconds.put("whole process", median(runs, Measured::all));
            seconds.put("on a clock", median(runs, Measured::clock));
            rows.add(new Row("", name, seconds));
        }
        return new Table(
                "A process for 20,000 records of 128 elements, in processor time and on a clock",
                "s",
                false,
                rows);
    }

    private Map<String, List<Measured>> measure() throws IOException, InterruptedException {
        Map<String, List<Measured>> measured = new LinkedHashMap<>();
        measured.put(JOB, new ArrayList<>());
        measured.put(SCRIPT, new ArrayList<>());
        for (int round = 0; round < (quick ? 1 : 3); round++) {
            measured.get(SCRIPT).add(script().measure());
            measured.get(JOB).add(job().measure());
        }
        try (JsonParser ours = parser(job().files());
                JsonParser theirs = parser(script().files())) {
            requireEqual(ours, theirs);
        }
        return measured;
    }

    private static JsonParser parser(List<Path> files) throws IOException {
        InputStream all = new ByteArrayInputStream(new byte[0]);
        for (Path file : files) {
            all = new SequenceInputStream(all, Files.newInputStream(file));
        }
        return new JsonFactory().createParser(all);
    }

    private static void requireEqual(JsonParser ours, JsonParser theirs) throws IOException {
        JsonToken token;
        do {
            token = ours.nextToken();
            boolean equal = token == theirs.nextToken();
            if (equal && token == JsonToken.VALUE_NUMBER_FLOAT) {
                equal =
                        Float.floatToIntBits(ours.getFloatValue())
                                == Float.floatToIntBits(theirs.getFloatValue());
            } else if (equal && token != null) {
                equal = ours.getText().equals(theirs.getText());
            }
            if (!equal) {
                throw new IOException(
                        "The job and the script must write the same values, but differ at %s and %s."
                                .formatted(
                                        ours.currentTokenLocation(),
                                        theirs.currentTokenLocation()));
            }
        } while (token != null);
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> value) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        return Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
                .average()
                .orElseThrow();
    }

    private LineProcess job() {
        Path output = directory.resolve("job-out");
        List<String> command =
                new ArrayList<>(
                        SampleJob.command(
                                input(), output, "-Dparallelism.default=1", "--progress=none"));
        return new LineProcess(command, output);
    }

    private LineProcess script() {
        Path output = directory.resolve("script-out.jsonl");
        return new LineProcess(
                List.of(
                        python,
                        "src/jmh/python/dropout_lines.py",
                        input().toString(),
                        output.toString()),
                output);
    }

    private Path input() {
        return directory.resolve("script-in.jsonl");
    }

    private void delete() throws IOException {
        Files.deleteIfExists(input());
        job().delete();
        script().delete();
    }
}
