package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the kernel, the C loop and the peers one after the other on one thread, prints one
 * table, and writes it to {@code target/bench} as JSON, CSV and a plot.
 */
@Command(
        name = "KernelReport",
        mixinStandardHelpOptions = true,
        description = "Measures the kernel beside C, JAX and other generators.")
public final class KernelReport implements Callable<Integer> {

    /** JAX's default layout, in which the peers draw, too. */
    private static final String DEFAULT_LAYOUT = "partitionable";

    /** Each is the name of a benchmark and of a function of the C program. */
    private static final List<String> LAYOUTS = List.of(DEFAULT_LAYOUT, "original", "x64");

    private static final Map<String, String> PEERS =
            Map.of(
                    "scalarThreefry", "Java, all rounds in one loop",
                    "vectorApi", "Java, Vector API (incubator)",
                    "splittableRandom", "SplittableRandom (no replay)",
                    "philox4x32", "commons-rng Philox4x32 (no replay)");

    private static final List<String> SIZES = List.of("16", "32", "128", "1024", "65536");
    private static final Path OUTPUT = Path.of("target", "bench");
    private static final Path C_PROGRAM = OUTPUT.resolve("dropout_loop");

    @Option(
            names = "--forks",
            defaultValue = "3",
            description = "JVMs for each benchmark (default: ${DEFAULT-VALUE})")
    private int forks;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "how long each case is measured in each JVM (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--python",
            defaultValue = "python3",
            description = "a Python with JAX, and perhaps PyTorch (default: ${DEFAULT-VALUE})")
    private String python;

    /** Runs the report; {@code --help} shows its options. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new KernelReport()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        Files.createDirectories(OUTPUT);
        List<Row> rows = new ArrayList<>(cRows());
        rows.addAll(javaRows());
        rows.addAll(pythonRows());
        rows.sort(Comparator.comparingInt(row -> LAYOUTS.indexOf(row.layout())));
        RunResult keys = jmh(KeyDerivationBenchmark.class).iterator().next();
        KernelTable table =
                new KernelTable(
                        environment(),
                        rows,
                        median(keys),
                        keys.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        Files.writeString(OUTPUT.resolve("kernel.json"), table.json());
        Files.writeString(OUTPUT.resolve("kernel.csv"), table.csv());
        Files.writeString(OUTPUT.resolve("kernel.svg"), KernelPlot.svg(table));
        System.out.println(table.text());
        return 0;
    }

    private List<Row> cRows() throws InterruptedException {
        String name = "C, plain loop";
        List<String> compile =
                List.of(
                        "gcc",
                        "-O3",
                        "-march=native",
                        "-mprefer-vector-width=512",
                        "src/jmh/c/dropout_loop.c",
                        "-o",
                        C_PROGRAM.toString());
        try {
            ForeignProgram.run(compile);
            List<String> command = new ArrayList<>(List.of(C_PROGRAM.toString(), "" + seconds));
            command.addAll(SIZES);
            return ForeignProgram.measure(command).entrySet().stream()
                    .map(layout -> new Row(layout.getKey(), name, layout.getValue(), ""))
                    .toList();
        } catch (IOException e) {
            return List.of(new Row(DEFAULT_LAYOUT, name, Map.of(), e.getMessage()));
        }
    }

    private List<Row> pythonRows() throws InterruptedException {
        List<String> command = List.of(python, "src/jmh/python/dropout_jax.py", "" + seconds);
        try {
            return ForeignProgram.measure(command).entrySet().stream()
                    .map(row -> new Row(DEFAULT_LAYOUT, row.getKey(), row.getValue(), ""))
                    .toList();
        } catch (IOException e) {
            return List.of(new Row(DEFAULT_LAYOUT, "JAX", Map.of(), e.getMessage()));
        }
    }

    private List<Row> javaRows() throws RunnerException {
        Map<String, Map<Integer, Double>> measured = new LinkedHashMap<>();
        for (RunResult result : jmh(KernelBenchmark.class)) {
            int size = Integer.parseInt(result.getParams().getParam("size"));
            measured.computeIfAbsent(result.getPrimaryResult().getLabel(), l -> new TreeMap<>())
                    .put(size, median(result) / size);
        }
        return measured.entrySet().stream()
                .map(
                        entry -> {
                            String label = entry.getKey();
                            boolean ours = LAYOUTS.contains(label);
                            return new Row(
                                    ours ? label : DEFAULT_LAYOUT,
                                    ours ? "MyDropout" : PEERS.get(label),
                                    entry.getValue(),
                                    "");
                        })
                .toList();
    }

    private Collection<RunResult> jmh(Class<?> benchmark) throws RunnerException {
        return new Runner(
                        new OptionsBuilder()
                                .include(benchmark.getName())
                                .forks(forks)
                                .warmupIterations(5)
                                .warmupTime(TimeValue.milliseconds(500))
                                .measurementIterations(10)
                                .measurementTime(TimeValue.milliseconds(100L * seconds))
                                .addProfiler(GCProfiler.class)
                                .shouldFailOnError(true)
                                .build())
                .run();
    }

    /** Of the iterations in all JVMs: other work on the machine disturbs it less than the mean. */
    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static String environment() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        String processor =
                Files.isReadable(processors)
                        ? Files.readAllLines(processors).stream()
                                .filter(line -> line.startsWith("model name"))
                                .map(line -> line.substring(line.indexOf(':') + 2))
                                .findFirst()
                                .orElse(System.getProperty("os.arch"))
                        : System.getProperty("os.arch");
        return "%s, JDK %s, %s"
                .formatted(
                        processor,
                        System.getProperty("java.runtime.version"),
                        LocalDate.now(ZoneOffset.UTC));
    }
}
