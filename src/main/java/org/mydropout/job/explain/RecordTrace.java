package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.layer.Derivation;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Layer;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.layer.TypedLayer;
import org.mydropout.kernel.layer.TypedOutput;
import org.mydropout.kernel.math.FloatArrays;
import org.mydropout.kernel.math.FloatType;
import org.mydropout.kernel.random.PrngKey;

/**
 * The effect of a transform on a record, layer by layer.
 *
 * @param derivation how the keys came about
 * @param layers those that change something, in order
 * @param after the vector after all layers; means nothing if the vector before is not known
 * @param dropped how many elements they drop, see {@link LayerOutput}; means as little then
 * @param fields what the layers write beside the vector, by name
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordTrace(
        Derivation derivation,
        List<AppliedLayer> layers,
        double[] after,
        long dropped,
        Map<String, Object> fields) {

    /**
     * A layer with its draws and what it writes beside the vector.
     *
     * @param layer the layer and its module path
     * @param key the key that it sampled
     * @param draws the draws, if each element has one of its own
     * @param fields what it writes beside the vector, by name
     */
    public record AppliedLayer(
            KeyedLayer layer, PrngKey key, Optional<MaskDraws> draws, Map<String, Object> fields) {

        /**
         * The name for people: the last name of the module path, or else the layer's class in Flax,
         * with the number of its fork if it has one.
         */
        public String name() {
            String flaxName = layer.layer().flaxName();
            return switch (layer.flavor()) {
                case LINEN -> {
                    List<String> names = layer.path().orElseThrow().names();
                    yield names.isEmpty() ? flaxName : names.get(names.size() - 1);
                }
                case NNX -> "%s, fork %d".formatted(flaxName, layer.words().get(0));
                case RAW -> flaxName;
            };
        }

        /** The elements that it keeps, if each has a draw of its own. */
        public Optional<BitSet> kept() {
            return draws.map(
                    drawn -> {
                        BitSet kept = new BitSet(drawn.mantissas().length);
                        for (int i = 0; i < drawn.mantissas().length; i++) {
                            kept.set(i, drawn.keeps(i));
                        }
                        return kept;
                    });
        }
    }

    /**
     * Applies a transform to a record. Where the vector is not known, layers with a mask only draw
     * it, and the others are applied to ones, as the Python program does.
     *
     * @param id a String, or a Long for an integer id
     * @param isDeterministic whether the record says that nothing is drawn for it
     * @param x the vector, of values of the type; it is not written to. Empty: not known
     * @throws IllegalArgumentException if the transform refuses the id, the step or the type
     */
    public static RecordTrace of(
            KeyedTransform transform,
            Object id,
            long step,
            boolean isDeterministic,
            Optional<double[]> x,
            Shape shape,
            ElementType type) {
        Derivation derivation = derivation(transform, id, step);
        if (isDeterministic || transform.isIdentity()) {
            return deterministic(transform, derivation, values(x, shape), shape, type);
        }
        return type.floatType().isPresent()
                ? ofTyped(derivation, x, shape, type.floatType().get())
                : ofFloat32(derivation, x, shape);
    }

    private static RecordTrace ofFloat32(Derivation derivation, Optional<double[]> x, Shape shape) {
        List<AppliedLayer> layers = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        long dropped = 0;
        float[] values = FloatArrays.narrowed(values(x, shape));
        LayerOutput output = new LayerOutput(values, shape, 0);
        for (Derivation.Sample sample : derivation.samples()) {
            Shape inputShape = output.shape();
            Optional<MaskDraws> draws = layer(sample).mask(sample.key(), inputShape);
            output =
                    x.isPresent() || draws.isEmpty()
                            ? layer(sample).apply(sample.key(), output.values(), inputShape)
                            : new LayerOutput(output.values(), inputShape, 0);
            dropped += output.dropped();
            fields.putAll(output.fields());
            layers.add(new AppliedLayer(sample.layer(), sample.key(), draws, output.fields()));
        }
        double[] after = FloatArrays.widened(output.values());
        return new RecordTrace(derivation, List.copyOf(layers), after, dropped, fields);
    }

    private static RecordTrace ofTyped(
            Derivation derivation, Optional<double[]> x, Shape shape, FloatType type) {
        List<AppliedLayer> layers = new ArrayList<>();
        double[] values = values(x, shape);
        long dropped = 0;
        for (Derivation.Sample sample : derivation.samples()) {
            Optional<MaskDraws> draws = layer(sample).mask(sample.key(), shape);
            if (x.isPresent() || draws.isEmpty()) {
                TypedOutput output =
                        ((TypedLayer) layer(sample)).apply(sample.key(), values, shape, type);
                values = output.values();
                dropped += output.dropped();
            }
            layers.add(new AppliedLayer(sample.layer(), sample.key(), draws, Map.of()));
        }
        return new RecordTrace(derivation, List.copyOf(layers), values, dropped, Map.of());
    }

    private static double[] values(Optional<double[]> x, Shape shape) {
        return x.orElseGet(() -> ones(shape));
    }

    private static double[] ones(Shape shape) {
        double[] ones = new double[shape.size()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Layer layer(Derivation.Sample sample) {
        return sample.layer().layer();
    }

    private static RecordTrace deterministic(
            KeyedTransform transform,
            Derivation derivation,
            double[] x,
            Shape shape,
            ElementType type) {
        Derivation unsampled = new Derivation(derivation.baseKey(), derivation.folds(), List.of());
        if (type.floatType().isPresent()) {
            return new RecordTrace(unsampled, List.of(), x, 0, Map.of());
        }
        LayerOutput output = transform.deterministic(FloatArrays.narrowed(x), shape);
        double[] after = FloatArrays.widened(output.values());
        return new RecordTrace(unsampled, List.of(), after, output.dropped(), output.fields());
    }

    /**
     * The keys of a record whose vector before the layers is not known, even in its size. The
     * layers have neither draws nor an output.
     *
     * @param id a String, or a Long for an integer id
     * @throws IllegalArgumentException if the transform refuses the id or the step
     */
    static RecordTrace ofKeys(KeyedTransform transform, Object id, long step) {
        Derivation derivation = derivation(transform, id, step);
        return new RecordTrace(
                derivation,
                derivation.samples().stream()
                        .map(
                                sample ->
                                        new AppliedLayer(
                                                sample.layer(),
                                                sample.key(),
                                                Optional.empty(),
                                                Map.of()))
                        .toList(),
                new double[0],
                0,
                Map.of());
    }

    private static Derivation derivation(KeyedTransform transform, Object id, long step) {
        return id instanceof String text
                ? transform.derivation(text, step)
                : transform.derivation((Long) id, step);
    }
}
