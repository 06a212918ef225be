package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.job.JobRunner.Outcome;

/** Tests for files as people have them: each is read, written in its own shape, and verified. */
class FileShapesITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path directory;

    private Outcome command(String name, String in, String... options) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("execution.runtime-mode", "BATCH");
        all.put("parallelism.default", "2");
        all.put("source.connector", "filesystem");
        all.put("source.path", directory.resolve(in).toString());
        all.put("source.format", in.endsWith(".jsonl") ? "json" : "csv");
        all.put("sink.connector", "filesystem");
        all.put("sink.path", directory.resolve("out").toString());
        all.put("sink.overwrite", "true");
        all.put("dropout.rate", "0");
        all.put("dropout.seed", "42");
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        Path job = directory.resolve("job.yaml");
        Files.writeString(
                job,
                all.entrySet().stream()
                        .map(
                                option ->
                                        "%s: '%s'\n"
                                                .formatted(
                                                        option.getKey(),
                                                        option.getValue().replace("'", "''")))
                        .collect(Collectors.joining()));
        return JobRunner.run(name, job.toString());
    }

    /** All that was written, file by file. */
    private String output() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.sorted().toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    private static Arguments shape(String name, String in, String out, String... options) {
        return arguments(name, in, out, options);
    }

    static Stream<Arguments> writesAFileInItsOwnShape() {
        String[] noId = {
            "source.id-from",
            "position",
            "dropout.id-type",
            "string",
            "dropout.step-from",
            "constant",
            "dropout.step",
            "0"
        };
        return Stream.of(
                shape(
                        "line break in a cell",
                        "id,step,features,note\r\n1,0,1;2,\"a\r\n\nb\"\r\n\r\n2,0,3;4,c",
                        "id,step,features,note\n1,0,1.0;2.0,\"a\r\n\nb\"\n2,0,3.0;4.0,c\n"),
                shape(
                        "line break in the header",
                        "id,step,features,\"no\nte\"\n1,0,1;2,x\n",
                        "id,step,features,\"no\nte\"\n1,0,1.0;2.0,x\n"),
                shape(
                        "byte order mark",
                        "\uFEFFid,step,features\n1,0,1;2\n",
                        "id,step,features\n1,0,1.0;2.0\n"),
                shape(
                        "list of pandas",
                        "id,step,features\n1,0,\"[0.5, 0.25]\"\n",
                        "id,step,features\n1,0,\"[0.5, 0.25]\"\n"),
                shape(
                        "pixels separated by spaces",
                        "id,step,emotion,pixels\n1,0,3,70 80 82\n",
                        "id,step,emotion,pixels\n1,0,3,70.0 80.0 82.0\n",
                        "source.fields.features",
                        "pixels",
                        "source.csv.array-element-delimiter",
                        " "),
                shape(
                        "semicolons",
                        "id;step;features;note\n1;0;1|2;'a;b'\n",
                        "id;step;features;note\n1;0;1.0|2.0;'a;b'\n",
                        "source.csv.field-delimiter",
                        ";",
                        "source.csv.array-element-delimiter",
                        "|",
                        "source.csv.quote-character",
                        "'"),
                shape(
                        "tabs",
                        "id\tstep\tfeatures\n1\t0\t1;2\n",
                        "id\tstep\tfeatures\n1\t0\t1.0;2.0\n",
                        "source.csv.field-delimiter",
                        "\\t"),
                shape(
                        "a range of columns, and no id",
                        "label,pixel1,pixel2,pixel3\n2,0,13,255\n9,1,0,128\n",
                        """
                        label,pixel1,pixel2,pixel3,step,id
                        2,0.0,13.0,255.0,0,in.csv:1
                        9,1.0,0.0,128.0,0,in.csv:2
                        """,
                        Stream.concat(
                                        Stream.of(noId),
                                        Stream.of("source.fields.features", "pixel1..pixel3"))
                                .toArray(String[]::new)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void writesAFileInItsOwnShape(String name, String in, String out, String[] options)
            throws IOException {
        Files.writeString(directory.resolve("in.csv"), in);

        Outcome run = command("run", "in.csv", options);

        assertThat(run.status()).as(run.err()).isZero();
        List<String> rows = new ArrayList<>(List.of(output().split("(?<=\n)", -1)));
        List<String> expected = new ArrayList<>(List.of(out.split("(?<=\n)", -1)));
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        Outcome verify = command("verify", "in.csv", options);
        assertThat(verify.status()).as(verify.err() + verify.out()).isZero();
    }

    /** Files of several names, read in parallel, give what ids of these names in a field give. */
    @ParameterizedTest
    @CsvSource({"BATCH, false", "STREAMING, true"})
    void makesAPositionAnId(String mode, boolean provenance) throws IOException {
        Files.createDirectories(directory.resolve("in.jsonl/sub"));
        StringBuilder named = new StringBuilder();
        for (String file : List.of("a.jsonl", "sub/b c.jsonl")) {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= 50; i++) {
                String line = "{\"features\":[1,2,3,4,5,6,7,%d]".formatted(i);
                text.append(line).append(i % 7 == 0 ? "}\n\n" : "}\n");
                named.append(line).append(",\"id\":\"%s:%d\"}%n".formatted(file, i));
            }
            Files.writeString(directory.resolve("in.jsonl").resolve(file), text);
        }
        Files.writeString(directory.resolve("named.jsonl"), named);
        String[] options = {
            "dropout.rate",
            "0.5",
            "dropout.id-type",
            "string",
            "dropout.step-from",
            "counter",
            "execution.runtime-mode",
            mode,
            "sink.provenance",
            String.valueOf(provenance),
            "source.id-from",
            "field"
        };

        assertThat(command("run", "named.jsonl", options).status()).isZero();
        List<String> expected = vectors();
        options[options.length - 1] = "position";
        Outcome run = command("run", "in.jsonl", options);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("blank lines +14 ");
        assertThat(vectors()).isEqualTo(expected).hasSize(100);
    }

    /** The vector of each id. */
    private List<String> vectors() throws IOException {
        return JobRunner.lines(directory.resolve("out")).stream()
                .map(
                        line ->
                                line.replaceAll(
                                        ".*\"features\":(\\[.*?]).*\"id\":(\"[^\"]*\").*", "$2 $1"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"position, false", "position, true", "hash, false", "hash, true"})
    void verifiesIdsThatItHasGiven(String from, boolean provenance) throws IOException {
        Files.writeString(
                directory.resolve("in.jsonl"),
                "{\"features\":[1,2,3]}\n{\"features\":[1,2,4]}\nnonsense\n{\"features\":[1,2,3]}\n");
        String[] options = {
            "source.id-from",
            from,
            "source.fields.id",
            "row",
            "dropout.id-type",
            "string",
            "dropout.rate",
            "0.5",
            "augment.copies",
            "3",
            "sink.provenance",
            String.valueOf(provenance),
            "dead-letter.connector",
            "filesystem",
            "dead-letter.path",
            directory.resolve("dead").toString(),
            "dead-letter.overwrite",
            "true"
        };

        Outcome run = command("run", "in.jsonl", options);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(JobRunner.lines(directory.resolve("out"))).hasSize(9);
        assertThat(JobRunner.lines(directory.resolve("dead")))
                .singleElement()
                .asString()
                .contains("in.jsonl:3\"");
        Outcome verify = command("verify", "in.jsonl", options);

        assertThat(verify.out()).containsPattern("equal +9\\s");
        assertThat(verify.status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"in.jsonl, ''", "in.jsonl, '\n \n'", "in.csv, 'id,step,features\n'"})
    void findsTheOutputOfAnEmptyInputEqual(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);

        Outcome run = command("run", name);
        Outcome verify = command("verify", name);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(directory.resolve("out")).isDirectory();
        assertThat(verify.status()).as(verify.err() + verify.out()).isZero();
        assertThat(verify.out()).containsPattern("equal +0\\s");
    }

    @Test
    void explainsARecordByItsPlace() throws IOException {
        Files.writeString(
                directory.resolve("in.jsonl"), "{\"features\":[1,2]}\n\n{\"features\":[3,4]}\n");
        String[] options = {
            "source.id-from", "position", "dropout.id-type", "string", "dropout.step-from",
            "constant", "dropout.step", "5", "dropout.rate", "0.5"
        };
        assertThat(command("run", "in.jsonl", options).status()).isZero();

        Outcome outcome =
                JobRunner.run(
                        "explain", directory.resolve("job.yaml").toString(), "--id", "in.jsonl:2");

        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("in.jsonl:2").contains("3.0");
    }

    @ParameterizedTest
    @CsvSource({
        "source.id-from, position, 'dropout.id-type must be string where source.id-from is position'",
        "source.id-from, row, 'source.id-from must be one of field, position, hash, but is ''row''.'",
        "source.csv.field-delimiter, ab, 'source.csv.field-delimiter must be a character'",
        "source.csv.field-delimiter, 1, 'source.csv.field-delimiter must be a character'",
        "source.csv.quote-character, ';', 'source.csv.quote-character must be none of the delimiters'",
        "source.fields.id, name, 'source.id-from: position makes ids of places'",
        "source.fields.features, x..y, 'must name the columns ''x'' and ''y'''",
        "source.fields.features, id..features, 'must not have the column ''id'' among its own'",
        "source.csv.field-delimiter, |, 'source.csv.field-delimiter: '','' cuts it'"
    })
    void refusesBeforeStart(String option, String value, String sentence) throws IOException {
        Files.write(directory.resolve("in.csv"), "id,step,features\n1,0,1;2\n".getBytes(UTF_8));

        Outcome outcome = command("run", "in.csv", option, value);

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains(sentence);
        assertThat(directory.resolve("out")).doesNotExist();
    }
}
