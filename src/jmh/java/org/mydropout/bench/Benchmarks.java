package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs the requested benchmarks one after the other, prints tables, and writes them to {@code
 * target/bench} as text and CSV. From the CSV, {@code --page} writes the tables and plots of the
 * page about benchmarks.
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
    private static final Path CSV = OUTPUT.resolve("benchmarks.csv");
    private static final Path SITE = Path.of("src", "site");

    @Spec private CommandSpec command;

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
            names = "--avx2",
            description =
                    "Leaves the registers of 512 bits unused, in C and on the JVM; for KERNEL and NORMALS.")
    private boolean avx2;

    @Option(
            names = "--page",
            description =
                    "Measures nothing, but writes what was measured last into src/site/markdown/benchmarks.md.")
    private boolean page;

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
        if (page) {
            if (!Files.exists(CSV)) {
                throw new ParameterException(
                        command.commandLine(),
                        "--page needs %s, which does not exist: measure first.".formatted(CSV));
            }
            new Page(SITE.resolve("markdown/benchmarks.md"), SITE.resolve("resources/images"))
                    .write(Measurement.read(CSV));
            return 0;
        }
        if (avx2 && !EnumSet.of(Part.KERNEL, Part.NORMALS).containsAll(parts)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--avx2 is for --only=kernel,normals, but %s are to be measured."
                            .formatted(parts));
        }
        Files.createDirectories(OUTPUT);
        Jmh jmh = quick ? Jmh.quick(avx2, OUTPUT) : Jmh.full(forks, seconds, avx2, OUTPUT);
        CProgram c = new CProgram(OUTPUT, jmh.seconds(), avx2);
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

    private void write(List<Table> tables) throws IOException {
        String environment = environment();
        String jvm = "JDK " + Runtime.version().feature() + (avx2 ? ", AVX2" : "");
        Measurement.write(CSV, environment, jvm, tables);
        StringBuilder text = new StringBuilder(environment).append('\n');
        tables.forEach(table -> text.append('\n').append(table.text()));
        Files.writeString(OUTPUT.resolve("benchmarks.txt"), text);
        System.out.println("\n" + text);
    }

    private String environment() throws IOException {
        Path processors = Path.of("/proc/cpuinfo");
        String processor =
                Files.isReadable(processors)
                        ? Files.readAllLines(processors).stream()
                                .filter(line -> line.startsWith("model name"))
                                .map(line -> line.substring(line.indexOf(':') + 2))
                                .findFirst()
                                .orElse(System.getProperty("os.arch"))
                        : System.getProperty("os.arch");
        return "%s, %sJDK %s, %s%s"
                .formatted(
                        processor,
                        avx2 ? "AVX2 only, " : "",
                        System.getProperty("java.version"),
                        LocalDate.now(ZoneOffset.UTC),
                        quick ? ", --quick" : "");
    }
}
