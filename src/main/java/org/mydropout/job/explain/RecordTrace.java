package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mydropout.kernel.layer.Derivation;
import org.mydropout.kernel.layer.KeyedLayer;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.LayerOutput;
import org.mydropout.kernel.layer.MaskDraws;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.random.PrngKey;

/**
 * The effect of a transform on a record, layer by layer.
 *
 * @param derivation how the keys came about
 * @param layers those that change something, in order
 * @param output what came of it
 */
public record RecordTrace(Derivation derivation, List<AppliedLayer> layers, LayerOutput output) {

    /**
     * A layer with its draws and its output.
     *
     * @param layer the layer and its module path
     * @param key the key that it sampled
     * @param draws the draws, if each element has one of its own
     * @param output the output
     */
    public record AppliedLayer(
            KeyedLayer layer, PrngKey key, Optional<MaskDraws> draws, LayerOutput output) {

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
     * Applies a transform.
     *
     * @param id a String, or a Long for an integer id
     * @param x the vector; it is not written to
     * @throws IllegalArgumentException if the transform refuses the id or the step
     */
    public static RecordTrace of(
            KeyedTransform transform, Object id, long step, float[] x, Shape shape) {
        Derivation derivation = derivation(transform, id, step);
        List<AppliedLayer> layers = new ArrayList<>();
        LayerOutput output =
                transform.isIdentity()
                        ? transform.deterministic(x, shape)
                        : new LayerOutput(x, shape, 0);
        for (Derivation.Sample sample : derivation.samples()) {
            Shape inputShape = output.shape();
            Optional<MaskDraws> draws = sample.layer().layer().mask(sample.key(), inputShape);
            output = sample.layer().layer().apply(sample.key(), output.values(), inputShape);
            layers.add(new AppliedLayer(sample.layer(), sample.key(), draws, output));
        }
        return new RecordTrace(derivation, List.copyOf(layers), output);
    }

    /**
     * What all layers of a transform make of a record that is deterministic.
     *
     * @param id a String, or a Long for an integer id
     */
    public static RecordTrace deterministic(
            KeyedTransform transform, Object id, long step, float[] x, Shape shape) {
        Derivation derivation = derivation(transform, id, step);
        return new RecordTrace(
                new Derivation(derivation.baseKey(), derivation.folds(), List.of()),
                List.of(),
                transform.deterministic(x, shape));
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
        LayerOutput none = new LayerOutput(new float[0], Shape.vector(0), 0);
        return new RecordTrace(
                derivation,
                derivation.samples().stream()
                        .map(
                                sample ->
                                        new AppliedLayer(
                                                sample.layer(),
                                                sample.key(),
                                                Optional.empty(),
                                                none))
                        .toList(),
                none);
    }

    private static Derivation derivation(KeyedTransform transform, Object id, long step) {
        return id instanceof String text
                ? transform.derivation(text, step)
                : transform.derivation((Long) id, step);
    }

    /** What the layers write beside the vector, by name. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(output.fields());
        layers.forEach(layer -> fields.putAll(layer.output().fields()));
        return fields;
    }

    /** The vector after all layers. */
    public float[] after() {
        return output.values();
    }
}
