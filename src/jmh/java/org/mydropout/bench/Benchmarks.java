package org.mydropout.bench;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the requested benchmarks one after the other, prints tables, and writes them to {@code
 * target/bench} as JSON and CSV. Those of the kernel and of a record's budget are also plots.
 */
@Command(
        name = "Benchmarks",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures dropout beside C, JAX, other generators and other pipelines.")
public final class Benchmarks implements Callable<Integer> {

    /** The benchmarks. */
    enum Part {
        KERNEL,
        NORMALS,
        KEYS,
        SERIALIZERS,
        PIPELINE,
        BUDGET,
        SUBTASKS,
        FILES,
        SCRIPT,
        START,
        FORMATS,
        LARGE_INPUT
    }

    private static final Path OUTPUT = Path.of("target", "bench");

    @Option(
            names = "--only",
            split = ",",
            defaultValue =
                    "KERNEL,NORMALS,KEYS,SERIALIZERS,PIPELINE,BUDGET,SUBTASKS,FILES,SCRIPT,START,FORMATS",
            description = "Some of ${COMPLETION-CANDIDATES}.")
    private Set<Part> parts = EnumSet.noneOf(Part.class);

    @Option(
            names = "--quick",
            description =
                    "One JVM and one iteration for each benchmark, in place of --forks and --seconds, two sizes of the kernel and one of the jobs: less than 10 minutes on 2 processors. Without it, use a quiet machine.")
    private boolean quick;

    @Option(names = "--forks", defaultValue = "3", description = "JVMs for each benchmark.")
    private int forks;

    @Option(
            names = "--seconds",
            defaultValue = "5",
            description = "How long a case is measured in each JVM, unless it is a whole job.")
    private int seconds;

    @Option(
            names = "--python",
            defaultValue = "python3",
            description = "A Python with JAX, Flax and orjson, and perhaps PyTorch.")
    private String python;

    @Option(
            names = "--gigabytes",
            defaultValue = "10",
            description = "How large the large input is, in 10^9 bytes.")
    private int gigabytes;

    /** Measures; {@code --help} shows the options. */
    public static void main(String[] args) {
        System.exit(
                new CommandLine(new Benchmarks())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(OUTPUT);
        Jmh jmh =
                quick
                        ? new Jmh(1, 1, 1, 2_500, 1 << 26, OUTPUT)
                        : new Jmh(forks, seconds, 10, 5_000, 1 << 28, OUTPUT);
        CProgram c = new CProgram(OUTPUT, jmh.seconds());
        List<Table> tables = new ArrayList<>();
        for (Part part : parts) {
            Table table =
                    switch (part) {
                        case KERNEL -> new KernelReport(jmh, python, c).measure(sizes());
                        case NORMALS -> new NormalReport(jmh, python).measure(sizes());
                        case KEYS -> FlinkReport.keys(jmh, c);
                        case SERIALIZERS -> FlinkReport.serializers(jmh);
                        case PIPELINE -> FlinkReport.pipeline(jmh, jobSizes());
                        case BUDGET -> new BudgetReport(jmh).measure(jobSizes());
                        case SUBTASKS -> FlinkReport.subtasks(jmh);
                        case FILES -> FlinkReport.files(jmh, jobSizes());
                        case SCRIPT -> script().steadyState();
                        case START -> script().start();
                        case FORMATS -> FlinkReport.formats(jmh);
                        case LARGE_INPUT -> LargeInput.measure(OUTPUT, gigabytes);
                    };
            System.out.println("\n" + table.text());
            tables.add(table);
        }
        write(tables);
        return 0;
    }

    private ScriptReport script() {
        return new ScriptReport(OUTPUT.toAbsolutePath(), python, jobSizes(), quick);
    }

    private List<String> sizes() {
        return quick ? List.of("32", "1024") : List.of("16", "32", "128", "1024", "65536");
    }

    private List<String> jobSizes() {
        return quick ? List.of("128") : List.of("128", "1024");
    }

    private static void write(List<Table> tables) throws IOException {
        String environment = environment();
        StringBuilder text = new StringBuilder(environment).append('\n');
        StringBuilder csv = new StringBuilder("table,unit,group,name,column,value,ratio\n");
        for (Table table : tables) {
            text.append('\n').append(table.text());
            csv.append(table.csv());
            if (table.title().equals(KernelReport.TITLE)) {
                KernelPlot.write(environment, table, OUTPUT.resolve("kernel.svg"));
            } else if (table.title().equals(BudgetReport.TITLE)) {
                BudgetPlot.write(environment, table, OUTPUT.resolve("budget.svg"));
            }
        }
        Files.writeString(OUTPUT.resolve("benchmarks.txt"), text);
        Files.writeString(OUTPUT.resolve("benchmarks.csv"), csv);
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(
                        OUTPUT.resolve("benchmarks.json").toFile(),
                        Map.of("environment", environment, "tables", tables));
        System.out.println("\n" + text);
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
