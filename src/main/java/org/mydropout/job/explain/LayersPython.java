package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.LayerConfig;
import org.mydropout.flink.ReferenceFile;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.kernel.flax.Flavor;
import org.mydropout.kernel.layer.LayerField;
import org.mydropout.kernel.layer.LayerParameter;
import org.mydropout.kernel.layer.LayerResult;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.layer.PythonText;

/** The Python code of the layers of a job, after which {@code y} is the vector. */
final class LayersPython {

    /** A recipe with layers of NNX has this line of its own. */
    static final String IMPORT_NNX = "from flax import nnx";

    /** The streams of a record's key, from which each layer of NNX forks one. */
    static final String NNX_RNGS = "rngs = nnx.Rngs(dropout=key)";

    private final DropoutConfig dropout;
    private final RecordSchema schema;
    private final RecordPython record;

    /**
     * @param record the code that reads a record
     */
    LayersPython(DropoutConfig dropout, RecordSchema schema, RecordPython record) {
        this.dropout = dropout;
        this.schema = schema;
        this.record = record;
    }

    /** Whether a layer is a module of Linen. */
    static boolean usesLinen(List<LayerConfig> layers) {
        return layers.stream().anyMatch(layer -> layer.flavor() == Flavor.LINEN);
    }

    /**
     * A module of each Linen type that is used, and each layer by a {@code jit} of its own.
     *
     * @param isApplyDefined whether {@link LayerType#PYTHON_APPLY} stands before
     */
    List<String> lines(List<LayerConfig> layers, boolean isApplyDefined) {
        List<String> lines = new ArrayList<>();
        if (layers.stream().anyMatch(layer -> layer.flavor() != Flavor.LINEN)) {
            lines.add(IMPORT_NNX);
        }
        layers.stream()
                .filter(layer -> layer.flavor() == Flavor.LINEN)
                .map(LayerConfig::layerType)
                .distinct()
                .forEach(type -> lines.addAll(type.python().lines().toList()));
        if (usesLinen(layers) && !isApplyDefined) {
            lines.addAll(LayerType.PYTHON_APPLY.lines().toList());
        }
        lines.add("y = " + record.array() + reshape());
        lines.addAll(record.key());
        if (layers.stream().anyMatch(layer -> layer.flavor() == Flavor.NNX)) {
            lines.add(NNX_RNGS);
        }
        layers.forEach(layer -> lines.addAll(applied(layer)));
        return lines;
    }

    private String reshape() {
        int[] shape = schema.shape();
        return shape == null
                ? ""
                : Arrays.stream(shape)
                        .mapToObj(String::valueOf)
                        .collect(
                                Collectors.joining(
                                        ", ", ".reshape((", shape.length == 1 ? ",))" : "))"));
    }

    private List<String> applied(LayerConfig layer) {
        List<String> lines = new ArrayList<>();
        layer.reference()
                .ifPresent(
                        file ->
                                lines.addAll(
                                        reference(
                                                file,
                                                layer.layerType().reference().orElseThrow())));
        LayerResult result = layer.layerType().result();
        lines.add(result.pythonTargets("y") + " = " + call(layer));
        if (!result.hasVector()) {
            lines.add("y = y[:0]");
        }
        layer.layerType().reference().ifPresent(parameter -> lines.addAll(ids(result, parameter)));
        return lines;
    }

    private String call(LayerConfig layer) {
        String call = layer.pythonCall();
        return switch (layer.flavor()) {
            case LINEN -> "apply_layer(lambda: %s, key, y%s)".formatted(call, deterministic(""));
            case NNX -> nnx(call, deterministic("deterministic="), "y");
            case RAW ->
                    "jax.jit(lambda key, y: %s(y%s, rngs=key))(key, y)"
                            .formatted(call, deterministic("deterministic="));
        };
    }

    /**
     * The call of a layer that forked its stream from {@link #NNX_RNGS}.
     *
     * @param deterministic a further argument of the call
     * @param x the variable for the vector
     */
    static String nnx(String layer, String deterministic, String x) {
        return "nnx.jit(lambda layer, x: layer(x%s))(%s, %s)".formatted(deterministic, layer, x);
    }

    /** A further argument, if it is not always false. */
    private String deterministic(String name) {
        if (dropout.deterministic()) {
            return ", " + name + "True";
        }
        return schema.deterministicField() == null ? "" : ", " + name + record.deterministic();
    }

    private static List<String> reference(ReferenceFile file, LayerParameter parameter) {
        String name = parameter.pythonName();
        return List.of(
                "%s_records = [json.loads(line) for line in open(%s) if line.strip()]"
                        .formatted(name, PythonText.quoted(file.location())),
                "%1$s = jnp.array([record[\"features\"] for record in %1$s_records], jnp.float32)"
                        .formatted(name));
    }

    /** The ids in the place of the indices that Python gives, and None as it is. */
    private static List<String> ids(LayerResult result, LayerParameter parameter) {
        return result.fields().stream()
                .filter(field -> field.kind() == LayerField.Kind.REFERENCE_ID)
                .map(
                        field ->
                                "if %1$s is not None: %1$s = str(%2$s_records[%1$s][\"id\"])"
                                        .formatted(field.name(), parameter.pythonName()))
                .toList();
    }
}
