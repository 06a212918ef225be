package org.mydropout.job;

import java.util.ArrayList;
import java.util.List;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.Flavor;
import org.mydropout.flink.StepType;
import org.mydropout.job.record.RecordSchema;
import org.mydropout.kernel.ModulePath;
import org.mydropout.kernel.MyDropout.Scaling;

/**
 * The Python that gives the same array for a record: its vector before is x, its vector after y.
 */
final class FlaxRecipe {

    private final DropoutConfig dropout;
    private final RecordSchema schema;

    FlaxRecipe(DropoutConfig dropout, RecordSchema schema) {
        this.dropout = dropout;
        this.schema = schema;
    }

    /** The program's lines; {@code record} is what {@code json.loads} makes of an input line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (dropout.deterministic() || dropout.rate() == 0) {
            lines.add("y = x  # dropout is not applied");
            return lines;
        }
        if (!dropout.partitionable()) {
            lines.add("jax.config.update(\"jax_threefry_partitionable\", False)");
        }
        if (dropout.x64()) {
            lines.add("jax.config.update(\"jax_enable_x64\", True)");
        }
        lines.add("x = jnp.array(record[\"%s\"], jnp.float32)".formatted(schema.featuresField()));
        lines.add(
                "key = functools.reduce(jax.random.fold_in, [%s, %s], jax.random.key(%d))"
                        .formatted(idWords(), stepWords(), dropout.seed()));
        boolean nested = dropout.flavor() == Flavor.LINEN && !dropout.modulePath().isEmpty();
        boolean separated = dropout.flavor() == Flavor.LINEN && dropout.rngSeparator();
        if (nested || separated) {
            ModulePath path = new ModulePath(dropout.modulePath(), dropout.rngSeparator());
            lines.add(
                    "key = jax.random.fold_in(key, 0x%08x)  # make_rng at %s"
                            .formatted(path.foldData(1), "/" + String.join("/", path.names())));
        }
        if (dropout.flavor() == Flavor.LINEN && !nested && !separated && isReciprocal()) {
            lines.add(
                    "y = nn.Dropout(%s, deterministic=False).apply({}, x, rngs={\"dropout\": key})"
                            .formatted(dropout.rate()));
            return lines;
        }
        lines.add("mask = jax.random.bernoulli(key, 1 - %s, x.shape)".formatted(dropout.rate()));
        lines.add(
                isReciprocal()
                        ? "y = jnp.where(mask, x / (1 - %s), 0)".formatted(dropout.rate())
                        : "y = np.where(mask, np.asarray(x) / np.float32(1 - %s), np.float32(0))"
                                .formatted(dropout.rate()));
        return lines;
    }

    private boolean isReciprocal() {
        return dropout.scaling() == Scaling.RECIPROCAL;
    }

    private String idWords() {
        String id = "record[\"%s\"]".formatted(schema.idField());
        return switch (dropout.idType()) {
            case UINT32 -> id;
            case UINT64 -> halves(id);
            case STRING ->
                    "*struct.unpack(\">2I\", hashlib.sha256(%s.encode()).digest()[:8])"
                            .formatted(id);
        };
    }

    private String stepWords() {
        String step = "record[\"%s\"]".formatted(schema.stepField());
        return dropout.stepType() == StepType.UINT32 ? step : halves(step);
    }

    private static String halves(String value) {
        return "%s >> 32 & 0xffffffff, %s & 0xffffffff".formatted(value, value);
    }
}
