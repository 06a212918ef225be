package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.layer.MyDropout.Scaling;

/**
 * The Python code that computes the vector of an output record from its input record. The records
 * are two dictionaries, {@code before} and {@code after}, as {@code json.loads} or {@code
 * csv.DictReader} read them.
 *
 * <p>What decides where a record goes stands first: a record that is not in a sample has no {@code
 * after}.
 *
 * <p>Everything runs under {@code jax.jit}, where XLA computes the same on every backend. Without
 * it, JAX divides vectors of one element differently.
 */
public final class FlaxRecipe {

    /** A recipe with modules has this line of its own. */
    static final String IMPORT_LINEN = "import flax.linen as nn";

    private final DropoutConfig dropout;
    private final KeyedTransform transform;
    private final RecordSchema schema;
    private final RecordPython record;
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
        this.record = new RecordPython(dropout, schema, header);
        this.selection = selection;
    }

    /**
     * The program's lines, after which {@code y} is the vector of {@code after}; {@code sampled}
     * whether the record is in the sample, and {@code part} its part of a split.
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(configuration());
        if (selection.isPresent()) {
            lines.addAll(LayerType.PYTHON_APPLY.lines().toList());
            lines.addAll(new SelectionPython(dropout, record).lines(selection.get()));
        }
        lines.addAll(
                dropout.layers()
                        .map(
                                layers ->
                                        new LayersPython(dropout, schema, record)
                                                .lines(layers, selection.isPresent()))
                        .orElseGet(this::dropout));
        return RecordPython.withFunctions(lines);
    }

    private List<String> configuration() {
        List<String> lines = new ArrayList<>();
        if (!dropout.partitionable()) {
            lines.add("jax.config.update(\"jax_threefry_partitionable\", False)");
        }
        if (dropout.x64()) {
            lines.add("jax.config.update(\"jax_enable_x64\", True)");
        }
        if (dropout.layers().filter(LayersPython::usesLinen).isPresent() || selection.isPresent()) {
            if (dropout.rngSeparator()) {
                lines.add("flax.config.update(\"flax_fix_rng_separator\", True)");
            }
            lines.add(IMPORT_LINEN);
        }
        return lines;
    }

    private List<String> dropout() {
        List<String> lines = new ArrayList<>();
        lines.add("x = " + record.array());
        if (transform.isIdentity()) {
            lines.add("y = x");
            return lines;
        }
        lines.addAll(record.key());
        if (dropout.scaling() == Scaling.DIVIDE) {
            lines.addAll(bernoulli());
        } else {
            lines.addAll(
                    switch (dropout.flavor()) {
                        case LINEN -> isTopLevel() ? nnDropout() : bernoulli();
                        case NNX -> nnxDropout();
                        case RAW -> bernoulli();
                    });
        }
        if (schema.deterministicField() != null) {
            lines.add("if %s: y = x".formatted(record.deterministic()));
        }
        return lines;
    }

    /** Whether flax.linen.Dropout at the top level samples the same key. */
    private boolean isTopLevel() {
        return dropout.modulePath().isEmpty() && !dropout.rngSeparator();
    }

    private List<String> nnDropout() {
        return List.of(
                "dropout = %s.Dropout(%s, deterministic=False)"
                        .formatted(selection.isPresent() ? "nn" : "flax.linen", dropout.rate()),
                "y = jax.jit(lambda x: dropout.apply({}, x, rngs={\"dropout\": key}))(x)");
    }

    private List<String> nnxDropout() {
        String layer = "nnx.Dropout(%s, rngs=rngs)".formatted(dropout.rate());
        return List.of(
                LayersPython.IMPORT_NNX,
                LayersPython.NNX_RNGS,
                "y = " + LayersPython.nnx(layer, "", "x"));
    }

    /** The keep probability in the type of x. */
    private String keep() {
        return schema.type() == ElementType.FLOAT32
                ? "float32(1 - %s)".formatted(dropout.rate())
                : "asarray(1 - %s, x.dtype)".formatted(dropout.rate());
    }

    private List<String> bernoulli() {
        List<String> lines = new ArrayList<>();
        String from = dropout.flavor() == Flavor.LINEN ? "make_rng(\"dropout\")" : "nnx.Rngs";
        for (KeyedLayer layer : transform.layers()) {
            for (long word : layer.words()) {
                lines.add("key = jax.random.fold_in(key, 0x%08x)  # %s".formatted(word, from));
            }
        }
        lines.add("mask = jax.random.bernoulli(key, 1 - %s, x.shape)".formatted(dropout.rate()));
        lines.add(
                dropout.scaling() == Scaling.RECIPROCAL
                        ? "y = jax.jit(lambda x: jnp.where(mask, x / (1 - %s), 0))(x)"
                                .formatted(dropout.rate())
                        : "y = numpy.where(mask, numpy.asarray(x) / numpy.%s, 0)"
                                .formatted(keep()));
        return lines;
    }
}
