package org.mydropout.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.FeaturesEncoding;

/** Tests for {@link InitCommand} with files. InitITCase runs what it writes. */
class InitCommandTest {

    @TempDir private Path directory;
    private Path source;
    private Path job;

    @BeforeEach
    void namePlaces() {
        source = directory.resolve("data");
        job = directory.resolve("job.yaml");
    }

    private static String rows(String header, IntFunction<String> row) {
        return IntStream.range(0, 120)
                .mapToObj(row)
                .collect(Collectors.joining("\n", header, "\n"));
    }

    private static String columns(String prefix, int last) {
        return IntStream.rangeClosed(1, last)
                .mapToObj(i -> prefix + i)
                .collect(Collectors.joining(","));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(
                        "Fashion-MNIST",
                        rows(
                                "label," + columns("pixel", 784) + "\n",
                                i -> i % 10 + ",7".repeat(784)),
                        Map.of(
                                "source.format", "csv",
                                "source.fields.features", "pixel1..pixel784",
                                "source.id-from", "position",
                                "source.shape", "28x28",
                                "dropout.id-type", "string",
                                "dropout.step-from", "constant",
                                "dropout.step", "0"),
                        "vectors of 784 elements",
                        "sheet %s -o"),
                Arguments.of(
                        "pandas' lists",
                        rows("id,emb\n", i -> i + ",\"[0.1, 0." + (i + 1) + "]\""),
                        Map.of(
                                "source.fields.id", "id",
                                "source.fields.features", "emb",
                                "dropout.id-type", "uint32"),
                        "vectors of 2 elements",
                        "explain "),
                Arguments.of(
                        "fer2013",
                        rows("emotion,pixels,Usage\n", i -> i % 7 + ",70 80 82 " + i + ",Training"),
                        Map.of(
                                "source.fields.features", "pixels",
                                "source.csv.array-element-delimiter", " ",
                                "source.id-from", "position"),
                        "vectors of 4 elements",
                        "explain "),
                Arguments.of(
                        "semicolons, an id for several steps, and columns with names of their own",
                        rows(
                                "sensor_id;epoch;depth;width;label\n",
                                i -> "s" + i / 2 + ";" + i % 2 + ";0.5;" + i + ";1"),
                        Map.of(
                                "source.csv.field-delimiter", ";",
                                "source.fields.id", "sensor_id",
                                "source.fields.step", "epoch",
                                "source.fields.features", "depth..width",
                                "dropout.id-type", "string"),
                        "vectors of 2 elements",
                        "explain "),
                Arguments.of(
                        "the columns of a pandas table without names",
                        rows("0,1,2,3\n", i -> "1,2,3,4"),
                        Map.of(
                                "source.fields.features", "0..3",
                                "source.id-from", "position",
                                "source.fields.id", "id"),
                        "vectors of 4 elements",
                        "explain "),
                Arguments.of(
                        "an id that comes again, a step that is no number, and leading zeros",
                        rows("id,step,key,x\n", i -> "1,a,00" + i + ",1|2|3"),
                        Map.of(
                                "source.fields.id", "key",
                                "dropout.id-type", "string",
                                "source.fields.step", "step_2",
                                "source.csv.array-element-delimiter", "|"),
                        "vectors of 3 elements",
                        "explain "),
                Arguments.of(
                        "JSON with nested arrays and large ids",
                        rows(
                                "",
                                i ->
                                        "{\"id\":%d,\"step\":%d,\"features\":[[1,2],[3,%d]],\"other\":[1,2,3,4,5]}"
                                                .formatted((1L << 40) + i, i, i)),
                        Map.of(
                                "source.format", "json",
                                "source.fields.id", "id",
                                "source.fields.step", "step",
                                "source.fields.features", "features",
                                "dropout.id-type", "uint64"),
                        "vectors of 4 elements",
                        "--id 1099511627776"),
                Arguments.of(
                        "base64 beside the shape of the vectors",
                        rows(
                                "",
                                i ->
                                        "{\"id\":%d,\"shape\":[2,2],\"embedding\":\"%s\"}"
                                                .formatted(
                                                        i,
                                                        base64(
                                                                ByteOrder.LITTLE_ENDIAN,
                                                                -1,
                                                                0.5f,
                                                                0.1f * i,
                                                                3))),
                        Map.of(
                                "source.fields.features", "embedding",
                                "source.features-encoding", "base64-le"),
                        "The vector is embedding, the id id, the step set by the job.",
                        "sheet %s -o"),
                Arguments.of(
                        "a spectrum, whose columns are wavelengths",
                        rows(
                                "sample,400,402.5,405,407.5,410,412.5,415,417.5\n",
                                i -> "s" + i + ",-1" + ",2".repeat(7)),
                        Map.of("source.fields.features", "400..417.5"),
                        "vectors of 8 elements",
                        "explain "),
                Arguments.of(
                        "numbered targets beside the columns of the vector",
                        rows("id,height,width,y1,y2\n", i -> i + ",1,2,3,4"),
                        Map.of("source.fields.features", "height..width"),
                        "vectors of 2 elements",
                        "explain "),
                Arguments.of(
                        "JSON with fields inside of objects",
                        rows(
                                "",
                                i ->
                                        "{\"meta\":{\"uuid\":\"u%d\"},\"out\":{\"embedding\":[1,2,%d]}}"
                                                .formatted(i, i)),
                        Map.of(
                                "source.fields.id", "meta.uuid",
                                "source.fields.features", "out.embedding",
                                "dropout.id-type", "string"),
                        "vectors of 3 elements",
                        "--id u0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void guesses(
            String shape, String text, Map<String, String> options, String size, String command)
            throws Exception {
        Files.writeString(source, text);
        Outcome outcome = init();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(unwrapped(outcome))
                .startsWith("The first 100 records of %s: 100 decoded, 0 refused".formatted(source))
                .contains(size, command.replace("%s", job.toString()));
        assertThat(written()).containsAllEntriesOf(options);
        assertThat(Files.readAllLines(job)).allMatch(line -> line.length() <= 80);
        assertThat(directory)
                .isDirectoryContaining(source::equals)
                .isDirectoryContaining(job::equals);
        assertThat(files()).as("what is left behind").containsExactly(source, job);
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE64_LE", "BASE64_BE"})
    void tellsByteOrders(FeaturesEncoding encoding) throws Exception {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(source))) {
            out.write(
                    rows(
                                    "",
                                    i ->
                                            "{\"id\":%d,\"text\":\"abcd\",\"embedding\":\"%s\"}"
                                                    .formatted(
                                                            i,
                                                            base64(
                                                                    encoding.byteOrder(),
                                                                    0.1f * i,
                                                                    -1)))
                            .getBytes(UTF_8));
        }
        assertThat(init().out()).contains("vectors of 2 elements");
        assertThat(written())
                .containsEntry("source.features-encoding", encoding.toString())
                .containsEntry("source.fields.features", "embedding");
    }

    private static String base64(ByteOrder order, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(order);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    @Test
    void keepsWhatIsGiven() throws Exception {
        Files.writeString(source, rows("id,a1,a2,b1,b2\n", i -> i + ",1,2,3,4"));
        Outcome outcome =
                init(
                        "-Dsource.fields.features=b1..b2",
                        "-Ddropout.seed=7",
                        "-Ddropout.id-type=string",
                        "-Dpipeline.name=it's: a job",
                        "-Dparallelism.default=2");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(written())
                .containsEntry("source.fields.features", "b1..b2")
                .containsEntry("dropout.seed", "7")
                .containsEntry("dropout.id-type", "string")
                .containsEntry("pipeline.name", "it's: a job")
                .containsEntry("parallelism.default", "2")
                .containsEntry("sink.path", directory.resolve("job-augmented").toString());
    }

    @Test
    void writesLayersThatAreGiven() throws Exception {
        Files.writeString(source, rows("id,a1,a2\n", i -> i + ",1,-1"));
        Outcome outcome =
                init(
                        "-Dlayers=[{type: gaussian-noise, stddev: 2}, {type: dropout, rate: 0.5}]",
                        "-Dsplit.into={train: 0.8, test: 0.2}");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(Files.readString(job))
                .contains(
                        "layers: [{type: gaussian-noise, stddev: 2}, {type: dropout, rate: 0.5}]");
        assertThat(written())
                .containsEntry("rng.seed", "42")
                .containsEntry("rng.step-from", "constant")
                .doesNotContainKeys("dropout.rate", "dropout.seed", "source.shape");
        assertThat(JobRunner.run("explain", job.toString(), "--id", "5").err()).isEmpty();
    }

    @Test
    void countsVectorsOfAnotherShape() throws Exception {
        Files.writeString(
                source,
                rows("", i -> "{\"id\":%d,\"v\":[%s]}".formatted(i, i == 3 ? "1,2" : "1,2,3,4")));
        assertThat(unwrapped(init("-Dsource.shape=2x2")))
                .contains("99 decoded, 1 refused")
                .containsPattern("The first that is refused: \\S*:4: The vector must have");
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void countsElementsOfEveryType(ElementType type) throws Exception {
        Files.writeString(source, rows("", i -> "{\"id\":%d,\"v\":[1,2,3,4]}".formatted(i)));
        String x64 = "-Ddropout.x64=" + (type == ElementType.FLOAT64);
        assertThat(init("-Dsource.features-type=" + type, x64).out())
                .containsPattern("[1-9][0-9]* of 400 elements are dropped; expected are 40.0.")
                .contains("1.000 → 1.1");
    }

    @Test
    void quotesForAShell() throws Exception {
        Files.writeString(source, rows("", i -> "{\"name\":\"it's %d\",\"v\":[1]}".formatted(i)));
        assertThat(init().out()).contains("--id it\\'s\\ 0");
    }

    @Test
    void makesRoomForDeadLetters() throws Exception {
        Files.writeString(
                source, rows("", i -> i == 3 ? "no record" : "{\"id\":%d,\"v\":[1]}".formatted(i)));
        assertThat(unwrapped(init()))
                .contains(
                        "99 decoded, 1 refused",
                        "The first that is refused: %s:4: The line must be".formatted(source));
        assertThat(written())
                .containsEntry("dead-letter.path", directory.resolve("job-dead-letter").toString());
    }

    @Test
    void writesNoSecret() throws Exception {
        Files.writeString(source, rows("id,a1,a2\n", i -> i + ",1,2"));
        String login = "x required password=\"topsecret\";";
        Outcome outcome =
                init(
                        "-Dsink.connector=kafka",
                        "-Dsink.topic=out",
                        "-Dsink.properties.bootstrap.servers=localhost:1",
                        "-Dsink.properties.sasl.jaas.config=" + login);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(Files.readString(job))
                .contains("# sink.properties.sasl.jaas.config is a secret")
                .doesNotContain("topsecret");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("", "must have a record, but is empty"),
                Arguments.of("5,0,0,7\n1,2,3,4\n", "must name the columns, but holds numbers"),
                Arguments.of("[{\"id\":1}]", "jq -c '.[]' FILE"),
                Arguments.of("{\n\"id\":1,\n\"v\":[1,2]}", "jq -c . FILE"),
                Arguments.of("PAR1\u0015\u0004", "must be lines of UTF-8 text"),
                Arguments.of(
                        rows("id;v\n", i -> i + ";0,5"),
                        "nothing looks like it: the cells of 'v' hold a decimal comma, for which"),
                Arguments.of(rows("id,v\n", i -> i + ",a"), "the columns are 'id', 'v'"),
                Arguments.of(
                        rows("id,p1,p10,p2\n", i -> i + ",1,2,3"), "names 'p10' where 'p2' is due"),
                Arguments.of(
                        rows("id,a1,a2,b1,b2\n", i -> i + ",1,2,3,4"),
                        "several fields of %s may hold the vector: 'a1..a2', 'b1..b2'"),
                Arguments.of(rows("id,a,a\n", i -> i + ",1,2"), "names 'a' again"),
                Arguments.of(
                        rows("", i -> "{\"id\":%d,\"v\":\"%s\"}".formatted(i, "A".repeat(32))),
                        "must be given, base64-le or base64-be"),
                Arguments.of(rows("", i -> "{\"id\":%d}".formatted(i)), "but none is"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void saysWhatItCannotGuess(String text, String problem) throws Exception {
        Files.writeString(source, text);
        Outcome outcome = init();
        assertThat(outcome.err())
                .startsWith("No job file can be written:")
                .contains(problem.contains("%s") ? problem.formatted(source) : problem);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(files()).containsExactly(source);
    }

    @Test
    void namesAnotherEncoding() throws Exception {
        Files.writeString(source, rows("id,name,a1,a2\n", i -> i + ",José,1,2"), ISO_8859_1);
        assertThat(init().err())
                .contains("must be lines of UTF-8 text, but 99 of the first 100 are none; iconv");
        assertThat(files()).containsExactly(source);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source.fields.id=sensr   | source.fields.id must name a field of whole numbers or texts, but 'sensr' is none; the fields are 'id', 'epoch'.",
                "source.fields.step=epcoh | source.fields.step must name a field of whole numbers from 0 to 4294967295, but 'epcoh' is none",
                "foo=1                    | An option must have a key with a point, such as source.path, but 'foo' has none."
            })
    void refusesOptionsThatDoNotFit(String option, String problem) throws Exception {
        Files.writeString(source, rows("id,epoch,a1,a2\n", i -> i + ",0,1,2"));

        Outcome outcome = init("-D" + option);

        assertThat(outcome.err()).contains(problem);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(files()).containsExactly(source);
    }

    @Test
    void writesNoJobFileAmongTheFilesOfTheSource() throws Exception {
        Files.writeString(source, rows("id,a1,a2\n", i -> i + ",1,2"));

        Outcome outcome =
                JobRunner.run("init", "--from", directory.toString(), "-o", job.toString());

        assertThat(outcome.err())
                .contains("--output must not lie in --from, whose files are all read, but is");
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(files()).containsExactly(source);
    }

    @Test
    void overwritesNothing() throws Exception {
        Files.writeString(source, rows("id,a1,a2\n", i -> i + ",1,2"));
        Files.writeString(job, "mine");
        Outcome outcome = init();
        assertThat(outcome.err())
                .contains("--output must be a new file, but %s exists.".formatted(job));
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(job).hasContent("mine");
    }

    private static String unwrapped(Outcome outcome) {
        return outcome.out().replaceAll("\\s+", " ");
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private Map<String, String> written() throws Exception {
        return JobFile.read(job.toFile(), Map.of()).toMap();
    }

    private Outcome init(String... options) {
        List<String> all = new ArrayList<>(List.of("init", "--from", source.toString()));
        all.addAll(List.of(options));
        all.addAll(List.of("-o", job.toString()));
        return JobRunner.run(all.toArray(new String[0]));
    }
}
