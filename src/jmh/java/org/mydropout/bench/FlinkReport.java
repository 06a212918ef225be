package org.mydropout.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/** Measures the kernel inside Flink: keys, serializers and whole jobs. */
final class FlinkReport {

    private static final String RATE = "records/s";

    private FlinkReport() {}

    static Table keys(Jmh jmh, CProgram c)
            throws RunnerException, IOException, InterruptedException {
        RunResult result =
                new Runner(jmh.options(KeyDerivationBenchmark.class.getName(), 1).build())
                        .run()
                        .iterator()
                        .next();
        double bytes = result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
        Row ours =
                new Row(
                        "",
                        "PrngKey.foldIn, three times",
                        Map.of("record", Jmh.median(result)),
                        "%.0f bytes allocated".formatted(bytes));
        return new Table(
                "Key of a record: id, step and make_rng",
                "ns a record",
                false,
                List.of(cKey(c), ours));
    }

    private static Row cKey(CProgram c) throws InterruptedException {
        String name = "C, the same three hashes";
        try {
            return new Row("", name, c.measure(List.of()).get("key"));
        } catch (IOException e) {
            return Row.missing("", name, e.getMessage());
        }
    }

    static Table serializers(Jmh jmh) throws RunnerException, IOException {
        return table(
                "A record into bytes and back, by elements of its vector",
                "ns a record",
                false,
                jmh.measure(
                        SerializerBenchmark.class.getName(), (size, nanoseconds) -> nanoseconds),
                Map.of("own", "FeatureVector", "pojo", "POJO", "kryo", "Kryo"));
    }

    static Table pipeline(Jmh jmh, List<String> sizes) throws RunnerException, IOException {
        String benchmark = PipelineBenchmark.class.getName();
        Map<String, String> names =
                Map.of(
                        "dropout", "MyDropout",
                        "identity", "identity",
                        "copy", "a copy of the vector",
                        "pojo", "MyDropout, vector in a POJO",
                        "kryo", "MyDropout, vector through Kryo");
        List<Row> rows =
                new ArrayList<>(
                        rows("", jmh.measure(benchmark, sizes, perSecond(jmh::records)), names));
        // Without Kryo, which would hide the kernel's part.
        String group = "Vector API";
        if (VectorApi.exists()) {
            Map<String, Map<String, Double>> measured =
                    jmh.measure(
                            benchmark + "\\.(dropout|identity|copy|pojo)",
                            sizes,
                            perSecond(jmh::records),
                            VectorApi.with(Cluster.HEAP, Cluster.OPEN_LANG, Cluster.OPEN_UTIL));
            rows.addAll(rows(group, measured, names));
        } else {
            rows.add(Row.missing(group, "MyDropout", VectorApi.MISSING));
        }
        return new Table(
                "Generator, keyBy, map, discard, by elements of a vector", RATE, true, rows);
    }

    /** Powers of two, up to the number of processors; with the Vector API where there is one. */
    static Table subtasks(Jmh jmh) throws RunnerException, IOException {
        Map<String, Map<String, Double>> rates = new LinkedHashMap<>();
        int processors = Runtime.getRuntime().availableProcessors();
        for (int subtasks = 1; subtasks <= processors; subtasks *= 2) {
            Collection<RunResult> results =
                    new Runner(
                                    jmh.options(
                                                    PipelineBenchmark.class.getName() + ".dropout$",
                                                    subtasks)
                                            .param("size", "128")
                                            .param("subtasks", "" + subtasks)
                                            .param("tuned", "false", "true")
                                            .jvmArgsAppend(
                                                    VectorApi.with(
                                                            Cluster.HEAP,
                                                            Cluster.OPEN_LANG,
                                                            Cluster.OPEN_UTIL))
                                            .build())
                            .run();
            for (RunResult result : results) {
                rates.computeIfAbsent(
                                result.getParams().getParam("tuned"),
                                tuned -> new LinkedHashMap<>())
                        .put("" + subtasks, jmh.records(128) / Jmh.median(result));
            }
        }
        return new Table(
                "MyDropout in a pipeline, 128 elements, by subtasks with a processor each",
                "records/s a subtask",
                true,
                List.of(
                        new Row("", "MyDropout", rates.get("false")),
                        new Row("", "object reuse, buffers of 128 kB", rates.get("true"))));
    }

    static Table files(Jmh jmh, List<String> sizes) throws RunnerException, IOException {
        return table(
                "JSON lines to JSON lines, by elements of a vector",
                RATE,
                true,
                jmh.measure(
                        FilesBenchmark.class.getName(), sizes, perSecond(FilesBenchmark::records)),
                Map.of(
                        "dropout", "MyDropout",
                        "rateZero", "rate 0",
                        "treeModel", "Jackson's tree model, no keyBy",
                        "keyedTreeModel", "Jackson's tree model"));
    }

    /** The forms of a vector in a line of text, without Flink around them. */
    static Table formats(Jmh jmh) throws RunnerException, IOException {
        int size = 1024;
        Map<String, Map<String, Double>> byForm = new LinkedHashMap<>();
        for (RunResult result :
                new Runner(
                                jmh.options(TextBenchmark.class.getName(), 1)
                                        .param("size", "" + size)
                                        .param("format", "JSON")
                                        .build())
                        .run()) {
            byForm.computeIfAbsent(
                            result.getParams().getParam("values"), form -> new LinkedHashMap<>())
                    .put(result.getPrimaryResult().getLabel(), Jmh.median(result) / size);
        }
        List<Row> rows = new ArrayList<>();
        byForm.forEach((form, columns) -> rows.add(new Row("", form, columns)));
        return new Table("A vector of 1,024 in a JSON line", "ns a float", false, rows);
    }

    private static ToDoubleBiFunction<Integer, Double> perSecond(RecordCount records) {
        return (size, seconds) -> records.of(size) / seconds;
    }

    /** A table with our implementation in the first row. */
    private static Table table(
            String title,
            String unit,
            boolean isRate,
            Map<String, Map<String, Double>> measured,
            Map<String, String> names) {
        return new Table(title, unit, isRate, rows("", measured, names));
    }

    private static List<Row> rows(
            String group, Map<String, Map<String, Double>> measured, Map<String, String> names) {
        return measured.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(FlinkReport::oursFirst))
                .map(entry -> new Row(group, names.get(entry.getKey()), entry.getValue()))
                .toList();
    }

    private static int oursFirst(String left, String right) {
        return Boolean.compare(isOurs(right), isOurs(left));
    }

    private static boolean isOurs(String benchmark) {
        return benchmark.equals("dropout") || benchmark.equals("own");
    }

    /** The number of records of a job. */
    @FunctionalInterface
    private interface RecordCount {
        long of(int size);
    }
}
