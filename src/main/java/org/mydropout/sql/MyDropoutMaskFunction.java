package org.mydropout.sql;

import java.util.Arrays;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.functions.SpecializedFunction;
import org.apache.flink.table.functions.UserDefinedFunction;
import org.apache.flink.table.types.inference.TypeInference;
import org.mydropout.flink.RefusedRecordException;
import org.mydropout.kernel.layer.Derivation;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.MaskingLayer;
import org.mydropout.kernel.layer.Shape;

/**
 * {@code MYDROPOUT_MASK(features, rate, seed, id, step [, options])}: the mask that {@link
 * MyDropoutFunction} applies for the same arguments, {@code ARRAY<BOOLEAN>}, nested as the
 * features, TRUE for an element that is kept. It is {@code jax.random.bernoulli(key, 1 - rate)}.
 *
 * <p>All elements are kept where MYDROPOUT returns its vector unchanged. The result is NULL if any
 * argument is NULL. Values of the features do not count, but an element that MYDROPOUT refuses is
 * refused here, too.
 */
@PublicEvolving
public final class MyDropoutMaskFunction extends ScalarFunction implements SpecializedFunction {

    private static final long serialVersionUID = 1L;

    private final MyDropoutRows rows;

    /** The function for {@code ARRAY<FLOAT>}; a planned call gets the one for its own type. */
    public MyDropoutMaskFunction() {
        this(new MyDropoutRows(FeaturesType.VECTOR));
    }

    private MyDropoutMaskFunction(MyDropoutRows rows) {
        this.rows = rows;
    }

    @Override
    public UserDefinedFunction specialize(SpecializedContext context) {
        return new MyDropoutMaskFunction(new MyDropoutRows(FeaturesType.of(context)));
    }

    /** The call without options. */
    @Nullable
    public ArrayData eval(
            @Nullable ArrayData features,
            @Nullable Double rate,
            @Nullable Long seed,
            @Nullable Object id,
            @Nullable Long step) {
        return mask(features, rate, seed, id, step, null);
    }

    /** The call with options. */
    @Nullable
    public ArrayData eval(
            @Nullable ArrayData features,
            @Nullable Double rate,
            @Nullable Long seed,
            @Nullable Object id,
            @Nullable Long step,
            @Nullable MapData options) {
        return options == null ? null : mask(features, rate, seed, id, step, options);
    }

    @Override
    public TypeInference getTypeInference(DataTypeFactory typeFactory) {
        return TypeInference.newBuilder()
                .inputTypeStrategy(new MyDropoutArguments())
                .outputTypeStrategy(MyDropoutArguments::maskType)
                .build();
    }

    @Nullable
    private ArrayData mask(
            @Nullable ArrayData features,
            @Nullable Double rate,
            @Nullable Long seed,
            @Nullable Object id,
            @Nullable Long step,
            @Nullable MapData options) {
        if (features == null || rate == null || seed == null || id == null || step == null) {
            return null;
        }
        KeyedTransform transform = rows.transform(rate, seed, options, id instanceof String);
        Shape shape = rows.features(features, id, step).shape();
        try {
            Derivation derivation =
                    id instanceof String text
                            ? transform.derivation(text, step)
                            : transform.derivation((Long) id, step);
            boolean[] kept = kept(derivation, shape);
            return rows.nested(
                    shape, (from, to) -> new GenericArrayData(Arrays.copyOfRange(kept, from, to)));
        } catch (IllegalArgumentException e) {
            throw new RefusedRecordException(e.getMessage(), e);
        }
    }

    private static boolean[] kept(Derivation derivation, Shape shape) {
        Optional<MaskDraws> draws =
                derivation.samples().stream().findFirst().map(sample -> draws(sample, shape));
        boolean[] kept = new boolean[shape.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = draws.isEmpty() || draws.get().keeps(i);
        }
        return kept;
    }

    private static MaskDraws draws(Derivation.Sample sample, Shape shape) {
        return ((MaskingLayer) sample.layer().layer()).draws(sample.key(), shape);
    }
}
