package org.mydropout.job.explain;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.LayerConfig;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.augment.RecordSelection.By;
import org.mydropout.job.text.ColumnRange;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;

/**
 * The Python code that computes the vector of an output record from its input record. The records
 * are two dictionaries, {@code before} and {@code after}, as {@code json.loads} or {@code
 * csv.DictReader} read them.
 *
 * <p>Everything runs under {@code jax.jit}, where XLA computes the same on every backend. Without
 * it, JAX divides vectors of one element differently.
 */
public final class FlaxRecipe {

    private static final String FIELD_CALL = "field(";

    /** A name with points is that of a field, or a path to one. */
    private static final String FIELD =
            "def field(record, name): return record[name] if name in record else"
                    + " next(field(record[name[:i]], name[i + 1:]) for i in range(len(name))"
                    + " if name[i] == \".\" and isinstance(record.get(name[:i]), dict))";

    private final DropoutConfig dropout;
    private final KeyedTransform transform;
    private final RecordSchema schema;
    @Nullable private final CsvHeader header;
    private final Optional<RecordSelection> selection;

    /**
     * The program of a job.
     *
     * @param header of CSV; null: records are JSON
     * @param selection which records it takes, and into which parts it splits them
     */
    public FlaxRecipe(
            DropoutConfig dropout,
            RecordSchema schema,
            @Nullable CsvHeader header,
            Optional<RecordSelection> selection) {
        this.dropout = dropout;
        this.transform = dropout.transform();
        this.schema = schema;
        this.header = header;
        this.selection = selection;
    }

    /**
     * The program's lines, after which {@code y} is the vector of {@code after}; {@code sampled}
     * whether the record is in the sample, and {@code part} its part of a split.
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(transformed());
        if (lines.stream().anyMatch(line -> line.contains(FIELD_CALL))) {
            lines.add(0, FIELD);
        }
        if (selection.isPresent()) {
            lines.addAll(selected(selection.get()));
        }
        return lines;
    }

    private List<String> transformed() {
        List<String> lines = new ArrayList<>();
        if (!dropout.partitionable()) {
            lines.add("jax.config.update(\"jax_threefry_partitionable\", False)");
        }
        if (dropout.x64()) {
            lines.add("jax.config.update(\"jax_enable_x64\", True)");
        }
        if (dropout.layers().isPresent()) {
            lines.addAll(layers(dropout.layers().get()));
            return lines;
        }
        lines.add("x = jnp.array(%s, jnp.float32)".formatted(vector()));
        if (transform.isIdentity()) {
            lines.add("y = x");
            return lines;
        }
        lines.addAll(key());
        lines.addAll(isNnDropout() ? nnDropout() : bernoulli());
        if (schema.deterministicField() != null) {
            lines.add("if %s: y = x".formatted(deterministic()));
        }
        return lines;
    }

    private List<String> key() {
        return key(stepWords());
    }

    private List<String> key(String stepWords) {
        return List.of(
                "key = jax.random.key(%d)".formatted(dropout.seed()),
                "for word in [%s, %s]: key = jax.random.fold_in(key, word)"
                        .formatted(idWords(), stepWords));
    }

    private List<String> selected(RecordSelection selected) {
        List<String> lines = new ArrayList<>();
        if (dropout.layers().isEmpty()) {
            lines.add("import flax.linen as nn");
        }
        if (dropout.layers().map(List::isEmpty).orElse(true)) {
            lines.addAll(LayerType.PYTHON_APPLY.lines().toList());
        }
        String apply = "Model(lambda: %s).apply({}, rngs={\"dropout\": key})";
        selected.sample()
                .ifPresent(
                        sample -> {
                            lines.addAll(Sample.PYTHON.lines().toList());
                            lines.addAll(key(stepWords(sample.by())));
                            lines.add(
                                    "sampled = "
                                            + apply.formatted(
                                                    "Sample(fraction=%s, name=\"%s\")"
                                                            .formatted(
                                                                    sample.fraction(),
                                                                    Sample.MODULE)));
                        });
        selected.split()
                .ifPresent(
                        split -> {
                            lines.addAll(Split.PYTHON.lines().toList());
                            lines.addAll(key(stepWords(split.by())));
                            String call = dropout.split(split.shares()).pythonCall();
                            String module =
                                    "%s, name=\"%s\")"
                                            .formatted(
                                                    call.substring(0, call.length() - 1),
                                                    Split.MODULE);
                            lines.add(
                                    "part = [%s][%s]"
                                            .formatted(
                                                    split.parts().stream()
                                                            .map(FlaxRecipe::quoted)
                                                            .collect(Collectors.joining(", ")),
                                                    apply.formatted(module)));
                        });
        return lines;
    }

    /** By the id alone, the step is 0. */
    private String stepWords(By by) {
        return by == By.RECORD ? stepWords() : dropout.stepType() == StepType.UINT64 ? "0, 0" : "0";
    }

    /** A module of each type that is used, and each layer by a {@code jax.jit} of its own. */
    private List<String> layers(List<LayerConfig> layers) {
        List<String> lines = new ArrayList<>();
        if (dropout.rngSeparator()) {
            lines.add("flax.config.update(\"flax_fix_rng_separator\", True)");
        }
        lines.add("import flax.linen as nn");
        layers.stream()
                .map(LayerConfig::layerType)
                .distinct()
                .forEach(type -> lines.addAll(type.python().lines().toList()));
        if (!layers.isEmpty()) {
            lines.addAll(LayerType.PYTHON_APPLY.lines().toList());
        }
        String reshape =
                schema.shape() == null
                        ? ""
                        : ".reshape(%s)"
                                .formatted(
                                        Arrays.toString(schema.shape())
                                                .replace('[', '(')
                                                .replace(
                                                        "]",
                                                        schema.shape().length == 1 ? ",)" : ")"));
        lines.add("y = jnp.array(%s, jnp.float32)%s".formatted(vector(), reshape));
        lines.addAll(key());
        layers.forEach(layer -> lines.addAll(applied(layer)));
        return lines;
    }

    private List<String> applied(LayerConfig layer) {
        String deterministic =
                dropout.deterministic()
                        ? ", True"
                        : schema.deterministicField() == null ? "" : ", " + deterministic();
        String applied =
                "apply_layer(lambda: %s, key, y%s)".formatted(layer.pythonCall(), deterministic);
        if (layer.reference().isPresent()) {
            return List.of(
                    "reference = jnp.array([json.loads(line)[\"features\"] for line in open(%s)], jnp.float32)"
                            .formatted(quoted(layer.reference().get().location())),
                    "y = " + applied);
        }
        return layer.type().equals("categorical")
                ? List.of("index, log_probability = " + applied, "y = y[:0]")
                : List.of("y = " + applied);
    }

    /** Whether flax.linen.Dropout at the top level does the same. */
    private boolean isNnDropout() {
        return dropout.flavor() == Flavor.LINEN
                && dropout.modulePath().isEmpty()
                && !dropout.rngSeparator()
                && dropout.scaling() == Scaling.RECIPROCAL;
    }

    private List<String> nnDropout() {
        return List.of(
                "dropout = flax.linen.Dropout(%s, deterministic=False)".formatted(dropout.rate()),
                "y = jax.jit(lambda x: dropout.apply({}, x, rngs={\"dropout\": key}))(x)");
    }

    private List<String> bernoulli() {
        List<String> lines = new ArrayList<>();
        for (KeyedLayer layer : transform.layers()) {
            layer.callHash()
                    .ifPresent(
                            hash ->
                                    lines.add(
                                            "key = jax.random.fold_in(key, 0x%08x)  # make_rng(\"dropout\")"
                                                    .formatted(hash)));
        }
        lines.add("mask = jax.random.bernoulli(key, 1 - %s, x.shape)".formatted(dropout.rate()));
        lines.add(
                dropout.scaling() == Scaling.RECIPROCAL
                        ? "y = jax.jit(lambda x: jnp.where(mask, x / (1 - %s), 0))(x)"
                                .formatted(dropout.rate())
                        : "y = numpy.where(mask, numpy.asarray(x) / numpy.float32(1 - %s), 0)"
                                .formatted(dropout.rate()));
        return lines;
    }

    private String vector() {
        String field = field("before", schema.featuresField());
        if (schema.encoding().isBase64()) {
            return "numpy.frombuffer(base64.b64decode(%s), \"%s\").astype(\"f4\")"
                    .formatted(field, schema.encoding().numpyType());
        }
        if (header == null) {
            return field;
        }
        ColumnRange columns = ColumnRange.of(schema.featuresField(), header.columns());
        return columns.isNamed()
                ? "json.loads(%1$s) if %1$s[:1] == \"[\" else [float(v) for v in %1$s.split(%2$s) if v]"
                        .formatted(field, quoted(header.dialect().arrayDelimiter() + ""))
                : "[float(v) for v in list(before.values())[%d:%d]]"
                        .formatted(columns.first(), columns.last() + 1);
    }

    private String deterministic() {
        String field = field("before", schema.deterministicField());
        return header == null ? field : field + " == \"true\"";
    }

    private String idWords() {
        if (dropout.idType() == IdType.STRING) {
            return "*struct.unpack(\">2I\", hashlib.sha256(%s.encode()).digest()[:8])"
                    .formatted(field("after", schema.idField()));
        }
        return words(schema.idField(), dropout.idType() == IdType.UINT64);
    }

    private String stepWords() {
        return words(schema.stepField(), dropout.stepType() == StepType.UINT64);
    }

    private String words(String field, boolean two) {
        String value = field("after", field);
        if (header != null) {
            value = "int(%s)".formatted(value);
        }
        return two ? "%s >> 32 & 0xffffffff, %s & 0xffffffff".formatted(value, value) : value;
    }

    /** The field of a record, which may lie in an object of it. */
    private String field(String record, String name) {
        return header == null && name.indexOf('.') >= 0
                ? FIELD_CALL + "%s, %s)".formatted(record, quoted(name))
                : "%s[%s]".formatted(record, quoted(name));
    }

    /** A name as a Python literal; a JSON string is one. */
    private static String quoted(String name) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + '"';
    }
}
