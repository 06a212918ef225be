package org.mydropout.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.LayerResult;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.sql.FeaturesReader.Features;

/**
 * A layer on a vector, with the key of the row's id and step: {@code GAUSSIAN_NOISE(features,
 * stddev, seed, id, step [, options])}, one function for each type of layer; or several layers,
 * {@code AUGMENT(features, layers, seed, id, step [, options])}.
 *
 * <pre>{@code
 * SELECT GAUSSIAN_NOISE(features, 0.1, 42, id, step) FROM images;
 * SELECT ERASE(features, '7x7', 42, id, step, MAP['shape', '28x28', 'fill', '0.5']) FROM images;
 * SELECT CATEGORICAL(logits, 42, id, step, MAP['top-k', '40']).index FROM t;
 * SELECT MIXUP(features, 1, 'reference.jsonl', 42, id, step).mixup_lambda FROM images;
 * SELECT AUGMENT(features, '[{type: scale, stddev: 0.1}, {type: dropout, rate: 0.1}]', 42, id, step) FROM images;
 * }</pre>
 *
 * <p>The arguments between features and seed are the options of the layer that have no default, and
 * alpha of MIXUP; the others are among the options. A layer that gives more than a vector makes the
 * result a row: of the features, if a vector is left, and of its fields; AUGMENT refuses such
 * layers. The file of a reference set is read and checked when a query is planned, and then once by
 * each TaskManager, which refuses another one. Features, seed, id and step, NULL and constants are
 * as in {@link MyDropoutFunction}. A layer is the submodule that Flax's auto-naming makes it,
 * {@code GaussianNoise_0}, unless the option {@code name} says another name: two calls of one
 * function in a query must have different names, or their draws are the same.
 */
@PublicEvolving
public final class LayerFunction extends ScalarFunction implements SpecializedFunction {

    private static final long serialVersionUID = 1L;

    private final LayerCall call;
    private final FeaturesType type;

    /** What the planner made of the arguments; null where they are no constants. */
    @Nullable private final LayerPlan plan;

    private final LastCall<Call, LayerPlan.Chain> last = new LastCall<>();

    /** The function for {@code ARRAY<FLOAT>}; a planned call gets the one for its own type. */
    LayerFunction(LayerCall call) {
        this(call, FeaturesType.VECTOR, null);
    }

    private LayerFunction(LayerCall call, FeaturesType type, @Nullable LayerPlan plan) {
        this.call = call;
        this.type = type;
        this.plan = plan;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new LayerFunction(
                call,
                FeaturesType.of(context),
                new LayerArguments(call).plan(context.getCallContext()).orElse(null));
    }

    /**
     * The call.
     *
     * @param arguments in their order, as ArrayData, Double, String, Long and MapData
     * @return ArrayData, or RowData for layers that give more than a vector; null if an argument is
     */
    @Nullable
    public Object eval(Object... arguments) {
        if (Arrays.stream(arguments).anyMatch(Objects::isNull)) {
            return null;
        }
        int seed = 1 + call.positional().size();
        Object id = arguments[seed + 1];
        long step = (Long) arguments[seed + 2];
        List<Object> given = List.of(arguments).subList(1, seed);
        MapData options = arguments.length > seed + 3 ? (MapData) arguments[seed + 3] : null;
        try {
            Call shared =
                    new Call(
                            given,
                            (Long) arguments[seed],
                            SqlValues.strings(options),
                            id instanceof String);
            LayerPlan.Chain chain = last.get(shared, this::chain);
            call.requireOneShape(chain, type);
            return result(
                    apply(
                            chain,
                            id,
                            step,
                            FeaturesReader.read(
                                    call.function(), type, (ArrayData) arguments[0], id, step)));
        } catch (RefusedRecordException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        LayerArguments arguments = new LayerArguments(call);
        return TypeInference.newBuilder()
                .inputTypeStrategy(arguments)
                .outputTypeStrategy(arguments::resultType)
                .build();
    }

    private LayerPlan.Chain chain(Call shared) {
        LayerPlan made =
                plan != null
                        ? plan
                        : call.plan(
                                shared.given(), shared.seed(), shared.options(), shared.textIds());
        return made.chain();
    }

    private static LayerOutput apply(
            LayerPlan.Chain chain, Object id, long step, Features features) {
        Shape shape = chain.shape().orElse(features.shape());
        return id instanceof String text
                ? chain.transform().apply(text, step, features.values(), shape)
                : chain.transform().apply((Long) id, step, features.values(), shape);
    }

    private Object result(LayerOutput output) {
        LayerResult result = call.result();
        if (result.fields().isEmpty()) {
            return vector(output);
        }
        List<Object> values = new ArrayList<>();
        if (result.hasVector()) {
            values.add(vector(output));
        }
        for (String name : result.names()) {
            Object value = output.fields().get(name);
            values.add(value instanceof String text ? StringData.fromString(text) : value);
        }
        return GenericRowData.of(values.toArray());
    }

    /** A vector with the option shape stays a vector. */
    private ArrayData vector(LayerOutput output) {
        return type.nested(
                type.rank() == 1 ? Shape.vector(output.values().length) : output.shape(),
                FeaturesType.floats(output.values()));
    }

    /** The arguments that rows usually share. */
    private record Call(
            List<Object> given, long seed, Map<String, String> options, boolean textIds) {

        /** Copies a view of all arguments, which would keep a row's features. */
        Call {
            given = List.copyOf(given);
        }
    }
}
