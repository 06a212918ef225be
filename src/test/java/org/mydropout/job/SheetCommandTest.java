package org.mydropout.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for {@link SheetCommand}. SheetBrowserITCase tests the page in a browser. */
class SheetCommandTest {

    private static final String PROVENANCE = "flink-mydropout/0.1.0?format=1&rate=0.5&seed=42";

    @TempDir private Path directory;
    private Path job;
    private Path sheet;

    @BeforeEach
    void writeJob() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int id = 0; id < 20; id++) {
            lines.add("{\"id\":%d,\"step\":%d,\"features\":%s}".formatted(id, id % 3, before(id)));
        }
        lines.add(3, "no record");
        Files.write(directory.resolve("in.jsonl"), lines);
        job = directory.resolve("job.yaml");
        sheet = directory.resolve("sheet.html");
        Files.writeString(
                job,
                """
                source: {connector: filesystem, path: %s, format: json}
                sink: {connector: filesystem, path: %s}
                dropout: {rate: 0.5, seed: 42}
                """
                        .formatted(directory.resolve("in.jsonl"), directory.resolve("out")));
    }

    private static String before(int id) {
        List<Integer> vector = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            vector.add(id + 1);
        }
        return vector.toString();
    }

    /** The output line of a record. */
    private static String written(int id, int step, String provenance) {
        float[] vector = new float[64];
        Arrays.fill(vector, id + 1);
        float[] made =
                DropoutConfig.builder()
                        .rate(0.5)
                        .seed(42)
                        .build()
                        .transform()
                        .apply(id, step, vector)
                        .values();
        return "{\"id\":%d,\"step\":%d,\"features\":%s,\"provenance\":\"%s\"}"
                .formatted(id, step, Arrays.toString(made), provenance);
    }

    @Test
    void showsRecordsAtSteps() throws Exception {
        Outcome outcome = sheet("--ids", "0..9", "--steps", "0..4", "--shape", "8x8");
        assertThat(outcome.out())
                .startsWith("50 masks of 64 elements: kept ratio 0.")
                .endsWith("no two masks equal.\nWritten: %s\n".formatted(sheet));
        assertThat(outcome.status()).isZero();
        assertThat(Files.readString(sheet))
                .contains(
                        "\"title\":\"%s\"".formatted(job),
                        "\"command\":\"sheet %s --ids 0..9 --steps 0..4".formatted(job),
                        "\"options\":[\"rate=0.5\",\"seed=42\"]",
                        "\"shape\":[8,8,1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"source.shape: 8x8", "", "sink.provenance: true"})
    void appliesLayersToTheShapeOfTheRecords(String options) throws Exception {
        Path source = directory.resolve("in.jsonl");
        if (options.isEmpty()) {
            Files.writeString(source, "{\"id\":1,\"step\":0,\"features\":[[1,2],[3,4],[5,6]]}\n");
        }
        Files.writeString(
                job,
                """
                source.connector: filesystem
                source.path: %s
                source.format: json
                sink.connector: filesystem
                sink.path: %s
                rng.seed: 42
                layers: [{type: dropout, rate: 0.5}, {type: erase, size: %s}]
                %s
                """
                        .formatted(
                                source,
                                directory.resolve("out"),
                                options.startsWith("sink") ? "2" : "2x2",
                                options));
        Outcome outcome = sheet();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
    }

    @Test
    void takesTheStepsOfTheRecords() throws Exception {
        assertThat(sheet().out()).startsWith("10 masks of 64 elements");
        assertThat(Files.readString(sheet)).contains("\"id\":\"2\"", "\"step\":\"2\"");
    }

    @Test
    void saysWhichIdsAreNotThere() {
        assertThat(sheet("--ids", "18..25,1").out())
                .startsWith("3 masks")
                .contains("Of the 9 ids of '18..25,1', 3 exist.");
    }

    @Test
    void writesAnImage() throws Exception {
        Path file = directory.resolve("sheet.png");
        assertThat(JobRunner.run("sheet", job.toString(), "-o", file.toString()).status()).isZero();
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isGreaterThan(600);
    }

    @Test
    void showsWhatTheJobHasWritten() throws Exception {
        write(written(4, 1, PROVENANCE), written(7, 1, PROVENANCE));
        Outcome outcome = sheet("--written");
        assertThat(outcome.out())
                .contains("All 2 written vectors are, bit for bit, what their provenance gives.");
        assertThat(outcome.status()).isZero();
        assertThat(Files.readString(sheet)).contains("\"before\":");
    }

    @Test
    void findsWhatTheJobHasNotWritten() throws Exception {
        write(
                written(4, 1, PROVENANCE).replace("\"id\":4", "\"id\":7"),
                written(10, 1, PROVENANCE.replace("seed=42", "seed=43")));
        Outcome outcome = sheet("--written", "-Ddropout.seed=1");
        assertThat(outcome.out())
                .contains(
                        "1 of 1 written vectors are not what their provenance gives, the first of"
                                + " them id 7 step 1.",
                        "1 records have another provenance or none, and are not shown.");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void showsNamesInTheOrderOfTheSource() throws Exception {
        Files.writeString(
                directory.resolve("in.jsonl"),
                """
                {"id":"b","step":0,"features":[[1,2],[3,4]]}
                {"id":"a","step":0,"features":[[5,6],[7,8]]}
                {"id":"c","step":0,"features":[[5,6],[7,8]]}
                """);
        Outcome outcome = sheet("--ids", "a,b,a", "-Ddropout.id-type=string");
        assertThat(outcome.status()).isZero();
        assertThat(Files.readString(sheet))
                .containsSubsequence("\"shape\":[2,2,1]", "\"id\":\"b\"", "\"id\":\"a\"")
                .doesNotContain("\"id\":\"c\"");
    }

    @Test
    void hidesSecretsOfTheCommand() throws Exception {
        sheet("-Ddropout.seed=7", "-Dsome.password=topsecret");
        assertThat(Files.readString(sheet)).contains("seed=7").doesNotContain("topsecret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--ids 30..40 | --ids must name records that exist, but none has an id of '30..40'.",
                "--ids 9..1 | --ids must be whole numbers of at most 64 bits, as 0..9 or 3,7,10..12, but is '9..1'.",
                "--ids x | --ids must be whole numbers",
                "--ids 18446744073709551616 | --ids must be whole numbers",
                "--steps 1,-1 | --steps must be whole numbers",
                "--steps 0..1000 | --steps must be at most 1000 steps, but '0..1000' are more.",
                "--steps 4294967296 | The step of a record must be from 0 to 4294967295",
                "--shape 9x9 | --shape must have as many elements as the vectors, 64, but 9x9x1 has 81.",
                "--shape 9 | --shape must be HEIGHTxWIDTH",
                "--written --steps 1 | --steps must not be given with --written",
                "-Ddropout.step-from=counter | --steps must be given where dropout.step-from is counter.",
                "-Ddropout.rate=2 | dropout.rate must be a number from 0 to 1",
                "-o sheet.txt | --output must end in .html or .png, but is 'sheet.txt'.",
                "-o nowhere/sheet.png | --output must be a file in a directory that exists, but is 'nowhere/sheet.png'."
            })
    void saysWhatIsWrong(String arguments, String problem) {
        Outcome outcome =
                arguments.startsWith("-o")
                        ? JobRunner.run(("sheet " + job + " " + arguments).split(" "))
                        : sheet(arguments.split(" "));
        assertThat(outcome.err()).startsWith("No sheet of " + job).contains(problem);
        assertThat(outcome.status()).isEqualTo(2);
        assertThat(sheet).doesNotExist();
    }

    @Test
    void saysThatThereIsNoOutput() {
        Outcome outcome = sheet("--written");
        assertThat(outcome.err())
                .startsWith("sheet failed: ")
                .contains(directory.resolve("out").toString());
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void refusesAnOutputWithoutProvenance() throws Exception {
        write("{\"id\":1,\"step\":1,\"features\":[1]}");
        assertThat(sheet("--written").err())
                .contains(
                        "The output, %s, must carry its provenance for --written, but no record does."
                                .formatted(directory.resolve("out")));
    }

    private void write(String... lines) throws Exception {
        Files.createDirectory(directory.resolve("out"));
        Files.write(directory.resolve("out").resolve("part-0"), List.of(lines));
    }

    private Outcome sheet(String... arguments) {
        List<String> all = new ArrayList<>(List.of("sheet", job.toString()));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-o", sheet.toString()));
        return JobRunner.run(all.toArray(new String[0]));
    }
}
