package org.mydropout.job.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutConfigBuilder;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.augment.RecordSelection.By;
import org.mydropout.job.augment.RecordSelection.SampleConfig;
import org.mydropout.job.augment.RecordSelection.SplitConfig;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FeaturesEncoding;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.StepField;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.MyDropout.Scaling;

/**
 * Tests for {@link FlaxRecipe}. {@code src/test/python/check_recipes.py} checks with the real JAX
 * and Flax that such programs give the right arrays.
 */
class FlaxRecipeTest {

    private static final CsvHeader HEADER = header("i\"d", "step", "features", "plain");

    private static CsvHeader header(String... columns) {
        try {
            return CsvHeader.of(List.of(columns), CsvDialect.DEFAULT);
        } catch (RefusedLineException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static DropoutConfigBuilder config() {
        return DropoutConfig.builder().rate(0.1).seed(42);
    }

    private static DropoutConfig layers(String layers) {
        return DropoutConfig.from(
                Configuration.fromMap(Map.of("rng.seed", "42", "layers", layers)));
    }

    static Stream<Arguments> givesTheProgramOfTheOptions() {
        return Stream.of(
                arguments(
                        config().build(),
                        null,
                        FeaturesEncoding.ARRAY,
                        null,
                        """
                        x = jnp.array(before["features"], jnp.float32)
                        key = jax.random.key(42)
                        for word in [after["i\\"d"], after["step"]]: key = jax.random.fold_in(key, word)
                        dropout = flax.linen.Dropout(0.1, deterministic=False)
                        y = jax.jit(lambda x: dropout.apply({}, x, rngs={"dropout": key}))(x)
                        """),
                arguments(
                        config().scaling(Scaling.DIVIDE).partitionable(false).x64(true).build(),
                        HEADER,
                        FeaturesEncoding.ARRAY,
                        "plain",
                        """
                        jax.config.update("jax_threefry_partitionable", False)
                        jax.config.update("jax_enable_x64", True)
                        x = jnp.array(json.loads(before["features"]) if before["features"][:1] == "[" else [float(v) for v in before["features"].split(";") if v], jnp.float32)
                        key = jax.random.key(42)
                        for word in [int(after["i\\"d"]), int(after["step"])]: key = jax.random.fold_in(key, word)
                        key = jax.random.fold_in(key, 0xbf8b4530)  # make_rng("dropout")
                        mask = jax.random.bernoulli(key, 1 - 0.1, x.shape)
                        y = numpy.where(mask, numpy.asarray(x) / numpy.float32(1 - 0.1), 0)
                        if before["plain"] == "true": y = x
                        """),
                arguments(
                        config().flavor(Flavor.RAW)
                                .idType(IdType.STRING)
                                .stepType(StepType.UINT64)
                                .build(),
                        null,
                        FeaturesEncoding.ARRAY,
                        "plain",
                        """
                        x = jnp.array(before["features"], jnp.float32)
                        key = jax.random.key(42)
                        for word in [*struct.unpack(">2I", hashlib.sha256(after["i\\"d"].encode()).digest()[:8]), after["step"] >> 32 & 0xffffffff, after["step"] & 0xffffffff]: key = jax.random.fold_in(key, word)
                        mask = jax.random.bernoulli(key, 1 - 0.1, x.shape)
                        y = jax.jit(lambda x: jnp.where(mask, x / (1 - 0.1), 0))(x)
                        if before["plain"]: y = x
                        """),
                arguments(
                        config().flavor(Flavor.NNX).build(),
                        null,
                        FeaturesEncoding.ARRAY,
                        null,
                        """
                        x = jnp.array(before["features"], jnp.float32)
                        key = jax.random.key(42)
                        for word in [after["i\\"d"], after["step"]]: key = jax.random.fold_in(key, word)
                        from flax import nnx
                        rngs = nnx.Rngs(dropout=key)
                        y = nnx.jit(lambda layer, x: layer(x))(nnx.Dropout(0.1, rngs=rngs), x)
                        """),
                arguments(
                        config().flavor(Flavor.NNX).scaling(Scaling.DIVIDE).build(),
                        null,
                        FeaturesEncoding.ARRAY,
                        null,
                        """
                        x = jnp.array(before["features"], jnp.float32)
                        key = jax.random.key(42)
                        for word in [after["i\\"d"], after["step"]]: key = jax.random.fold_in(key, word)
                        key = jax.random.fold_in(key, 0x00000000)  # nnx.Rngs
                        key = jax.random.fold_in(key, 0x00000000)  # nnx.Rngs
                        mask = jax.random.bernoulli(key, 1 - 0.1, x.shape)
                        y = numpy.where(mask, numpy.asarray(x) / numpy.float32(1 - 0.1), 0)
                        """),
                arguments(
                        layers(
                                "[{type: dropout, rate: 0.1, flavor: nnx},"
                                        + " {type: dropout, rate: 0.2, broadcast-dims: 0, flavor: nnx}]"),
                        null,
                        FeaturesEncoding.ARRAY,
                        "plain",
                        """
                        from flax import nnx
                        y = jnp.array(before["features"], jnp.float32)
                        key = jax.random.key(42)
                        for word in [after["i\\"d"], after["step"]]: key = jax.random.fold_in(key, word)
                        rngs = nnx.Rngs(dropout=key)
                        y = nnx.jit(lambda layer, x: layer(x, deterministic=before["plain"]))(nnx.Dropout(rate=0.1, broadcast_dims=(), rngs=rngs), y)
                        y = nnx.jit(lambda layer, x: layer(x, deterministic=before["plain"]))(nnx.Dropout(rate=0.2, broadcast_dims=(0,), rngs=rngs), y)
                        """),
                arguments(
                        layers("[{type: dropout, rate: 0.1, flavor: raw}]"),
                        null,
                        FeaturesEncoding.ARRAY,
                        null,
                        """
                        from flax import nnx
                        y = jnp.array(before["features"], jnp.float32)
                        key = jax.random.key(42)
                        for word in [after["i\\"d"], after["step"]]: key = jax.random.fold_in(key, word)
                        y = jax.jit(lambda key, y: nnx.Dropout(rate=0.1, broadcast_dims=())(y, rngs=key))(key, y)
                        """),
                arguments(
                        config().deterministic(true).build(),
                        null,
                        FeaturesEncoding.BASE64_BE,
                        null,
                        """
                        x = jnp.array(numpy.frombuffer(base64.b64decode(before["features"]), ">f4").astype("f4"), jnp.float32)
                        y = x
                        """),
                arguments(
                        config().deterministic(true).build(),
                        null,
                        FeaturesEncoding.ARRAY,
                        null,
                        """
                        x = jnp.array(before["features"], jnp.float32)
                        y = x
                        """));
    }

    @ParameterizedTest
    @MethodSource
    void givesTheProgramOfTheOptions(
            DropoutConfig config,
            @Nullable CsvHeader header,
            FeaturesEncoding encoding,
            @Nullable String deterministic,
            String program) {
        RecordSchema schema =
                new RecordSchema(
                        "i\"d",
                        config.idType(),
                        "step",
                        config.stepType(),
                        StepField.READ,
                        "features",
                        encoding,
                        deterministic,
                        null);

        List<String> lines = new FlaxRecipe(config, schema, header, Optional.empty()).lines();

        assertThat(String.join("\n", lines) + "\n").isEqualTo(program);
    }

    @Test
    void takesTheColumnsOfARange() {
        RecordSchema schema =
                new RecordSchema(
                        "id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ,
                        "p1..p3",
                        FeaturesEncoding.ARRAY,
                        null,
                        null);

        assertThat(
                        new FlaxRecipe(
                                        config().build(),
                                        schema,
                                        header("id", "step", "p1", "p2", "p3", "label"),
                                        Optional.empty())
                                .lines())
                .contains(
                        "x = jnp.array([float(v) for v in list(before.values())[2:5]], jnp.float32)");
    }

    /** A name with points may be a field's or a path, and Python decides with the record. */
    @Test
    void findsFieldsInsideObjects() {
        RecordSchema schema =
                new RecordSchema(
                        "meta.id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ,
                        "data.x",
                        FeaturesEncoding.ARRAY,
                        "meta.plain",
                        null);

        List<String> lines =
                new FlaxRecipe(config().build(), schema, null, Optional.empty()).lines();

        assertThat(lines.get(0)).startsWith("def field(record, name): return ");
        assertThat(lines)
                .contains(
                        "x = jnp.array(field(before, \"data.x\"), jnp.float32)",
                        "for word in [field(after, \"meta.id\"), after[\"step\"]]: key = jax.random.fold_in(key, word)",
                        "if field(before, \"meta.plain\"): y = x");
    }

    /** A record that is not in the sample is not written: there is no {@code after} to read. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decidesWhereARecordGoesByTheRecordBefore(boolean withLayers) {
        DropoutConfig config =
                DropoutConfig.from(
                        Configuration.fromMap(
                                withLayers
                                        ? Map.of("rng.seed", "42", "layers", "[]")
                                        : Map.of("dropout.seed", "42", "dropout.rate", "0.1")));
        RecordSchema schema =
                new RecordSchema(
                        "meta.id",
                        IdType.UINT32,
                        "step",
                        StepType.UINT32,
                        StepField.READ,
                        "features",
                        FeaturesEncoding.ARRAY,
                        null,
                        null);
        RecordSelection selection =
                new RecordSelection(
                        config,
                        new SampleConfig(0.5, By.ID),
                        new SplitConfig(Map.of("a\n\"", 1.0), By.ID, true),
                        null);

        List<String> lines = new FlaxRecipe(config, schema, null, Optional.of(selection)).lines();

        assertThat(lines.get(0)).startsWith("def field(record, name): return ");
        assertThat(lines)
                .containsSubsequence(
                        "import flax.linen as nn",
                        "class Model(nn.Module):",
                        "class Sample(nn.Module):",
                        "key = jax.random.key(42)",
                        "for word in [field(before, \"meta.id\"), 0]: key = jax.random.fold_in(key, word)",
                        "sampled = jax.jit(lambda key: Model(lambda: Sample(fraction=0.5, name=\"Sample_0\")).apply({}, rngs={\"dropout\": key}))(key)",
                        "class Split(nn.Module):",
                        "part = [\"a\\x0a\\\"\"][jax.jit(lambda key: Model(lambda: Split(bounds=(), name=\"Split_0\")).apply({}, rngs={\"dropout\": key}))(key)]");
        assertThat(
                        lines.indexOf(
                                "for word in [field(before, \"meta.id\"), 0]: key = jax.random.fold_in(key, word)"))
                .isLessThan(
                        lines.indexOf(
                                "for word in [field(after, \"meta.id\"), after[\"step\"]]: key = jax.random.fold_in(key, word)"));
        assertThat(lines).filteredOn("class Model(nn.Module):"::equals).hasSize(1);
    }
}
