package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.LayerConfig;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.kernel.layer.LayerType;
import org.mydropout.kernel.layer.PythonText;

/** The Python code of the layers of a job, after which {@code y} is the vector. */
final class LayersPython {

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

    /**
     * A module of each type that is used, and each layer by a {@code jax.jit} of its own.
     *
     * @param isApplyDefined whether {@link LayerType#PYTHON_APPLY} stands before
     */
    List<String> lines(List<LayerConfig> layers, boolean isApplyDefined) {
        List<String> lines = new ArrayList<>();
        layers.stream()
                .map(LayerConfig::layerType)
                .distinct()
                .forEach(type -> lines.addAll(type.python().lines().toList()));
        if (!layers.isEmpty() && !isApplyDefined) {
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
        lines.add("y = jnp.array(%s, jnp.float32)%s".formatted(record.vector(), reshape));
        lines.addAll(record.key());
        layers.forEach(layer -> lines.addAll(applied(layer)));
        return lines;
    }

    private List<String> applied(LayerConfig layer) {
        String deterministic =
                dropout.deterministic()
                        ? ", True"
                        : schema.deterministicField() == null ? "" : ", " + record.deterministic();
        String applied =
                "apply_layer(lambda: %s, key, y%s)".formatted(layer.pythonCall(), deterministic);
        if (layer.reference().isPresent()) {
            return List.of(
                    "reference = jnp.array([json.loads(line)[\"features\"] for line in open(%s)], jnp.float32)"
                            .formatted(PythonText.quoted(layer.reference().get().location())),
                    "y = " + applied);
        }
        return layer.type().equals("categorical")
                ? List.of("index, log_probability = " + applied, "y = y[:0]")
                : List.of("y = " + applied);
    }
}
