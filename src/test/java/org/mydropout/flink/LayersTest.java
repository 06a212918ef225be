package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.layer.Shape;

/** Tests for {@link DropoutConfig} with {@link LayerOptions} and {@link RngOptions}. */
class LayersTest {

    private static final float[] X = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    private static Configuration configuration(String layers) {
        return Configuration.fromMap(Map.of("layers", layers, "rng.seed", "42"));
    }

    private static List<String> names(String layers) {
        return DropoutConfig.from(configuration(layers)).transform().layers().stream()
                .map(KeyedLayer::path)
                .map(path -> String.join("/", path.orElseThrow().names()))
                .toList();
    }

    private static List<String> problems(Map<String, String> options) {
        return catchThrowableOfType(
                        InvalidDropoutConfigException.class,
                        () -> DropoutConfig.from(Configuration.fromMap(options)))
                .problems();
    }

    @Test
    void namesLayersAsFlaxDoes() {
        assertThat(
                        names(
                                "[{type: dropout, rate: 0.1}, {type: gaussian-noise, stddev: 1},"
                                        + " {type: dropout, rate: 0.2, name: Last}, {type: dropout, rate: 0.3}]"))
                .containsExactly("MyDropout_0", "GaussianNoise_0", "Last", "MyDropout_1");
    }

    @Test
    void forksAStreamForEachLayerOfNnx() {
        List<KeyedLayer> layers =
                DropoutConfig.from(
                                configuration(
                                        "[{type: dropout, rate: 0, flavor: nnx}, {type: dropout, rate: 0.1},"
                                                + " {type: dropout, rate: 0.2, flavor: NNX}]"))
                        .transform()
                        .layers();

        assertThat(layers.get(0).words()).containsExactly(0L, 0L);
        assertThat(layers.get(1).path().orElseThrow().names()).containsExactly("MyDropout_0");
        assertThat(layers.get(2).words()).containsExactly(1L, 0L);
    }

    @Test
    void oneLayerOfAFlavorIsOneDropoutOfThatFlavor() {
        for (String flavor : List.of("nnx", "raw")) {
            LayerOutput layer =
                    apply("[{type: dropout, rate: 0.4, flavor: " + flavor + "}]", X, Shape.of(9));
            Configuration dropout =
                    Configuration.fromMap(
                            Map.of(
                                    "dropout.rate",
                                    "0.4",
                                    "dropout.flavor",
                                    flavor,
                                    "rng.seed",
                                    "42"));

            assertThat(layer.values())
                    .isEqualTo(DropoutConfig.from(dropout).transform().apply(7, 3, X).values())
                    .isNotEqualTo(apply("[{type: dropout, rate: 0.4}]", X, Shape.of(9)).values());
        }
    }

    @Test
    void textAndBuilderSayTheSame() throws Exception {
        DropoutConfig fromText =
                DropoutConfig.from(
                        configuration(
                                "[{type: erase, size: 2x2, fill: 0.5}, {type: crop, size: [1, 2]}]"));
        DropoutConfig fromBuilder =
                DropoutConfig.builder()
                        .layer("erase", Map.of("size", "2x2", "fill", 0.5))
                        .layer("crop", Map.of("size", "1x2"))
                        .seed(42)
                        .build();

        assertThat(fromText).isEqualTo(fromBuilder).hasSameHashCodeAs(fromBuilder);
        assertThat(fromText).isNotEqualTo(DropoutConfig.from(configuration("[]")));
        assertThat(InstantiationUtil.clone(fromText)).isEqualTo(fromText);
    }

    @Test
    void takesListsAsTextAndBuilderGiveThem() {
        DropoutConfig written =
                DropoutConfig.from(
                        configuration(
                                "[{type: dropout, rate: 0.1, broadcast-dims: []}, {type: erase, size: 2x3}]"));

        assertThat(written)
                .isEqualTo(
                        DropoutConfig.from(
                                configuration(
                                        "[{type: dropout, rate: 0.1}, {type: erase, size: [2, 3]}]")))
                .isEqualTo(
                        DropoutConfig.builder()
                                .layer("dropout", Map.of("rate", 0.1, "broadcast-dims", List.of()))
                                .layer("erase", Map.of("size", List.of(2, 3)))
                                .seed(42)
                                .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sample_0 | false | true",
                "Split_0 | true | true",
                "Sample_;0 | false | true",
                "Sample_;0 | true | false",
                "Block_0;Sample_0 | false | false"
            })
    void refusesTheModulePathOfASelection(String path, String separator, boolean refused) {
        Map<String, String> options =
                Map.of(
                        "dropout.rate",
                        "0.1",
                        "dropout.seed",
                        "42",
                        "dropout.module-path",
                        path,
                        "dropout.rng-separator",
                        separator);
        if (refused) {
            assertThat(problems(options))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "dropout.module-path must be another name than Sample_0 and Split_0, whose keys a sample and a split of records draw from, but is [");
        } else {
            assertThat(DropoutConfig.from(Configuration.fromMap(options)).modulePath()).hasSize(2);
        }
    }

    @Test
    void appliesEachLayerToWhatTheOneBeforeMade() {
        String roll = "{type: roll, max-shift: 1x1}";
        String crop = "{type: crop, size: 2x2}";
        LayerOutput rolled = apply("[" + roll + "]", X, Shape.of(3, 3));
        LayerOutput cropped = apply("[" + crop + "]", rolled.values(), rolled.shape());
        LayerOutput both = apply("[" + roll + "," + crop + "]", X, Shape.of(3, 3));

        assertThat(both.values()).hasSize(4).isEqualTo(cropped.values());
        assertThat(both.shape()).isEqualTo(Shape.of(2, 2));
    }

    private static LayerOutput apply(String layers, float[] x, Shape shape) {
        return DropoutConfig.from(configuration(layers)).transform().apply(7, 3, x, shape);
    }

    @Test
    void deterministicCategoricalTakesTheGreatest() {
        Configuration greedy = configuration("[{type: categorical}]");
        greedy.setString("rng.deterministic", "true");

        LayerOutput output =
                DropoutConfig.from(greedy)
                        .transform()
                        .apply(7, 3, new float[] {0, 5, 1}, Shape.vector(3));

        assertThat(output.fields()).containsEntry("index", 1);
    }

    @Test
    void dropoutOptionsAreFallbacksOfRng() {
        Map<String, String> layers = Map.of("layers", "[{type: dropout, rate: 0.1}]");
        Configuration rng = Configuration.fromMap(layers);
        rng.setString("rng.seed", "7");
        rng.setString("rng.id-type", "string");
        Configuration fallback = Configuration.fromMap(layers);
        fallback.setString("dropout.seed", "7");
        fallback.setString("dropout.id-type", "string");

        assertThat(DropoutConfig.from(rng)).isEqualTo(DropoutConfig.from(fallback));
        fallback.setString("rng.seed", "7");
        assertThat(DropoutConfig.from(rng)).isEqualTo(DropoutConfig.from(fallback));
    }

    @Test
    void oneDropoutTakesRngToo() {
        Configuration rng = Configuration.fromMap(Map.of("dropout.rate", "0.1", "rng.seed", "7"));

        assertThat(DropoutConfig.from(rng))
                .isEqualTo(DropoutConfig.builder().rate(0.1).seed(7).build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rng.seed | 43 | rng.seed must be as dropout.seed where both are set, 42, but is 43.",
                "layers | [] | dropout.rate must not be set where layers is set: it describes the one layer of a job without layers.",
                "rng.profile | xla-1 | rng.profile must be xla-2026, the one profile that this version has, but is xla-1.",
                "rng.step-from | constant | dropout.step must be set, to the step of every record, where rng.step-from is constant."
            })
    void refusesRngThatContradictsDropout(String key, String value, String problem) {
        assertThat(problems(Map.of("dropout.rate", "0.1", "dropout.seed", "42", key, value)))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "dropout | layers must be a list of maps, such as [{type: dropout, rate: 0.1}], but is 'dropout'.",
                "\"#\" | layers must be a list of maps, such as [{type: dropout, rate: 0.1}], but is '#'.",
                "[dropout] | layers[0] must be a map with a type, but is 'dropout'.",
                "[{rate: 0.1}] | layers[0].type must be set to one of dropout, stochastic-depth, ",
                "[{type: gausian-noise}] | layers[0].type must be one of TYPES, but is 'gausian-noise'; the nearest is gaussian-noise.",
                "[{type: roll, max-shift: 1}, {type: gaussian-noise, stddev: -1}] | layers[1].stddev must be a number that is 0 or from 1e-30 to 1e30, but is -1.0.",
                "[{type: gaussian-noise, stddev: much}] | layers[0].stddev must be a number that is 0 or from 1e-30 to 1e30, but is 'much'.",
                "[{type: gaussian-noise, stddev: 1, stdev: 1}] | layers[0].stdev is not an option of gaussian-noise; the nearest that is one is stddev.",
                "[{type: gaussian-noise}] | layers[0].stddev must be set to a number that is 0 or from 1e-30 to 1e30.",
                "[{type: stochastic-depth, rate: 1, form: floor}] | layers[0].rate must be below 1 with the form 'floor', but is 1.0.",
                "[{type: permute, name: A}, {type: permute, name: A}] | layers[1].name must be another one than that of layers[0], but is 'A', too.",
                "[{type: permute, name: ''}] | layers[0].name must be a text with a UTF-8 form, not empty, but is ''.",
                "[{type: permute, name: Sample_0}] | layers[0].name must be another name than Sample_0 and Split_0, whose keys a sample and a split of records draw from, but is 'Sample_0'.",
                "[{type: permute, name: Split_0}] | layers[0].name must be another name than Sample_0 and Split_0, ",
                "[{type: permute, name: null}] | layers[0].name must have a value, but is null.",
                "[{type: dropout, rate: 0.1, flavor: haiku}] | layers[0].flavor must be one of linen, nnx, raw, but is 'haiku'.",
                "[{type: dropout, rate: 0.1, flavor: nnx, name: A}] | layers[0].name must not be set where its flavor is nnx, which has no module path, but is 'A'.",
                "[{type: permute}, {type: dropout, rate: 0.1, flavor: raw}] | layers must not have a layer with the flavor raw beside others, whose keys are folded from the one that it samples.",
                "[{type: scale, stddev: 0.1, flavor: nnx}] | layers[0].flavor is not an option of scale; the nearest that is one is name.",
                "[{type: crop, size: }] | layers[0].size must have a value, but is null.",
                "[{type: crop, size: []}] | layers[0].size must be integers from 0 with 'x' between them, such as 28x28, but is ''.",
                "[{type: categorical}, {type: categorical}] | layers[1] must not write the field index, which layers[0] writes, too."
            })
    void saysWhatIsWrongWithALayerAndWhere(String layers, String problem) {
        String types =
                LayerType.ALL.stream().map(LayerType::name).collect(Collectors.joining(", "));
        assertThat(problems(Map.of("layers", layers, "rng.seed", "42")).get(0))
                .startsWith(problem.replace("TYPES", types));
    }

    @ParameterizedTest
    @CsvSource({
        "rng.step, rng.step-from",
        "dropout.step, dropout.step-from",
        "rng.seed, rng.step-from",
        "layers, rng.step-from",
        "dropout.step-from, dropout.step-from",
        "dropout.rate, dropout.step-from"
    })
    void namesAnOptionAsAJobDoes(String set, String name) {
        assertThat(RngOptions.nameIn(Configuration.fromMap(Map.of(set, "")), RngOptions.STEP_FROM))
                .isEqualTo(name);
    }

    @Test
    void asksForTheSeedByItsName() {
        assertThat(problems(Map.of("layers", "[{type: permute}]")))
                .containsExactly("rng.seed must be set to an integer of at most 64 bits.");
    }

    @Test
    void readsAReferenceSetOnce(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("reference.jsonl");
        Files.writeString(
                file,
                "{\"id\":\"a\",\"features\":[1,2]}\n{\"features\":[[0.5],[1e2]],\"label\":[7],\"id\":8}\n");
        DropoutConfig config =
                DropoutConfig.builder()
                        .layer("mixup", Map.of("reference", file.toString()))
                        .seed(42)
                        .build();
        KeyedTransform transform = config.transform();
        Files.delete(file);

        LayerOutput output = config.transform().apply(7, 3, new float[] {0, 0});

        assertThat(output.fields()).containsOnlyKeys("mixup_partner", "mixup_lambda");
        assertThat(output.fields().get("mixup_partner")).isIn("a", "8");
        assertThat(transform.apply(7, 3, new float[] {0, 0}).values()).isEqualTo(output.values());
    }

    @Test
    void refusesAReferenceSetThatIsNoneOrAnother(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("reference.jsonl");
        Files.writeString(file, "{\"id\":1}");
        String layer = "[{type: mixup, reference: %s%s}]";

        assertThat(problems(mixup(layer.formatted(file, ""))))
                .singleElement()
                .asString()
                .contains("Record 1 must have an id and features, but has not.");
        assertThat(problems(mixup(layer.formatted(file, ", sha256: 0f"))))
                .singleElement()
                .asString()
                .startsWith("layers[0].sha256 must be that of its reference, ")
                .endsWith(", but is '0f'.");
        for (String[] wrong :
                new String[][] {
                    {
                        "{\"id\":1,\"features\":[1e39]}",
                        "Features must fit float32, at most 3.4028235E38 in size, but one is 1e39."
                    },
                    {
                        "{\"id\":1,\"features\":[1]}\n{\"id\":2,\"features\":[1]} {\"id\":3,\"features\":[1]}",
                        "Record 3 must stand on a line of its own, but does not."
                    },
                    {
                        "{\"id\":1,\n\"features\":[1]}",
                        "Record 1 must stand on a line of its own, but does not."
                    }
                }) {
            Files.writeString(file, wrong[0]);
            assertThat(problems(mixup(layer.formatted(file, ""))))
                    .singleElement()
                    .asString()
                    .contains(wrong[1]);
        }
        Files.writeString(file, "{\"id\":1,\"features\":[1]}\n\n{\"id\":2,\"features\":[1]}\n");
        String sha256 = ReferenceFile.at(file.toString()).sha256().toUpperCase(Locale.ROOT);
        Configuration capitals =
                Configuration.fromMap(mixup(layer.formatted(file, ", sha256: " + sha256)));
        assertThat(DropoutConfig.from(capitals).layers().orElseThrow()).hasSize(1);
        assertThat(problems(mixup(layer.formatted("/no/such", ""))))
                .singleElement()
                .asString()
                .startsWith("layers[0].reference must be a file of at most 268435456 bytes");
        assertThat(problems(mixup("[{type: mixup}]")))
                .containsExactly(
                        "layers[0].reference must be set to a file of JSON lines with id and features.");
    }

    private static Map<String, String> mixup(String layers) {
        return Map.of("layers", layers, "rng.seed", "42");
    }
}
