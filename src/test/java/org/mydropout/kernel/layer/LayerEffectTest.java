package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.random.Bernoulli;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for what layers do to shapes, for what they are expected to drop, and for their bounds. */
class LayerEffectTest {

    private static final PrngKey KEY = PrngKey.of(7);
    private static final Shape SHAPE = Shape.of(4, 6);

    private static Layer layer(LayerType type, Map<String, ?> values) {
        return type.create(values, JaxConfig.DEFAULT);
    }

    private static ReferenceSet reference(int length) {
        return new ReferenceSet(List.of("a"), List.of(new float[length]));
    }

    static Stream<Arguments> saysItsEffect() {
        return Stream.of(
                arguments(layer(Dropout.TYPE, Map.of("rate", 0.25)), SHAPE, 6.0),
                arguments(layer(StochasticDepth.TYPE, Map.of("rate", 0.25)), SHAPE, 6.0),
                arguments(layer(Mask.TYPE, Map.of("rate", 0.25)), SHAPE, 6.0),
                arguments(layer(Erase.TYPE, Map.of("size", List.of(2, 3))), SHAPE, 6.0),
                arguments(layer(Crop.TYPE, Map.of("size", List.of(2, 3))), Shape.of(2, 3), 0.0),
                arguments(layer(Roll.TYPE, Map.of("max-shift", List.of(1, 0))), SHAPE, 0.0),
                arguments(layer(Permute.TYPE, Map.of("axis", 1)), SHAPE, 0.0),
                arguments(layer(GaussianNoise.TYPE, Map.of("stddev", 1.0)), SHAPE, 0.0),
                arguments(layer(Mixup.TYPE, Map.of("reference", reference(24))), SHAPE, 0.0));
    }

    @ParameterizedTest
    @MethodSource
    void saysItsEffect(Layer layer, Shape output, double dropped) {
        assertThat(layer.outputShape(SHAPE)).isEqualTo(output);
        assertThat(layer.apply(KEY, new float[24], SHAPE).shape()).isEqualTo(output);
        assertThat(layer.expectedDropped(SHAPE)).isEqualTo(dropped, within(1e-6));
    }

    static Stream<Arguments> refusesShapesThatItCannotTake() {
        return Stream.of(
                arguments(layer(Erase.TYPE, Map.of("size", List.of(5, 1)))),
                arguments(layer(Crop.TYPE, Map.of("size", List.of(1, 7)))),
                arguments(layer(Crop.TYPE, Map.of("size", List.of(1)))),
                arguments(layer(Roll.TYPE, Map.of("max-shift", List.of(1)))),
                arguments(layer(Permute.TYPE, Map.of("axis", 2))),
                arguments(
                        layer(Dropout.TYPE, Map.of("rate", 0.5, "broadcast-dims", List.of(0, 2)))),
                arguments(layer(Categorical.TYPE, Map.of())),
                arguments(layer(Mixup.TYPE, Map.of("reference", reference(23)))));
    }

    @ParameterizedTest
    @MethodSource
    void refusesShapesThatItCannotTake(Layer layer) {
        assertThatIllegalArgumentException().isThrownBy(() -> layer.outputShape(SHAPE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.apply(KEY, new float[24], SHAPE));
    }

    @ParameterizedTest
    @MethodSource("saysItsEffect")
    void refusesArraysOfAnotherSizeThanTheShape(Layer layer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.apply(KEY, new float[23], SHAPE))
                .withMessageContaining("must have 24 elements, but has 23");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> layer.deterministic(new float[23], SHAPE));
    }

    @Test
    void addsUpTheEffectsOfAChain() {
        KeyedTransform chain =
                chain(
                        layer(Dropout.TYPE, Map.of("rate", 0.25)),
                        layer(Crop.TYPE, Map.of("size", List.of(2, 3))),
                        layer(Mask.TYPE, Map.of("rate", 0.5)));

        KeyedTransform.Effect effect = chain.effect(SHAPE);

        assertThat(effect.output()).isEqualTo(Shape.of(2, 3));
        assertThat(effect.masked()).isEqualTo(24 + 6);
        assertThat(effect.expectedDropped()).isEqualTo(6 + 3, within(1e-6));
    }

    @Test
    void collectsTheFieldsOfAChain() {
        KeyedTransform chain =
                chain(
                        layer(Mixup.TYPE, Map.of("reference", reference(3))),
                        layer(Categorical.TYPE, Map.of()));

        assertThat(chain.fieldNames())
                .containsExactly("mixup_partner", "mixup_lambda", "index", "log_probability");
        assertThat(chain.apply(1, 2, new float[3]).fields())
                .containsOnlyKeys(chain.fieldNames())
                .containsEntry("mixup_partner", "a");
    }

    private static KeyedTransform chain(Layer... layers) {
        return new KeyedTransform(
                new RecordKeys(KEY, IdType.UINT32, StepType.UINT32),
                Stream.of(layers)
                        .map(
                                layer ->
                                        KeyedLayer.at(
                                                ModulePath.ROOT.child(layer.flaxName() + "_0"),
                                                layer))
                        .toList());
    }

    @Test
    void cropsABlockOfThreeDimensions() {
        Shape shape = Shape.of(5, 6, 7);
        float[] x = new float[shape.size()];
        IntStream.range(0, x.length).forEach(i -> x[i] = i);

        float[] block =
                layer(Crop.TYPE, Map.of("size", List.of(2, 3, 4))).apply(KEY, x, shape).values();

        int[] steps =
                IntStream.range(0, 24).map(i -> i / 12 * 42 + i / 4 % 3 * 7 + i % 4).toArray();
        assertThat(block).hasSize(24);
        for (int i = 0; i < block.length; i++) {
            assertThat(block[i]).isEqualTo(block[0] + steps[i]);
        }
    }

    /** A draw that equals the threshold is not below it. */
    @Test
    void replacesElementsWhoseDrawIsBelowTheThreshold() {
        int[] words = Bernoulli.words();
        new Bernoulli(0.5, JaxConfig.DEFAULT).draw(KEY, 1, 0, words);
        int draw = words[0] >>> 9;

        assertThat(replaced(Math.scalb((double) draw, -23))).isZero();
        assertThat(replaced(Math.scalb(draw + 1.0, -23))).isEqualTo(1);
        MaskDraws draws = new MaskDraws(new long[] {draw}, 23, draw);
        assertThat(draws.keeps(0)).isFalse();
        assertThat(new MaskDraws(new long[] {draw}, 23, draw + 1L).keeps(0)).isTrue();
    }

    private static long replaced(double rate) {
        return layer(Mask.TYPE, Map.of("rate", rate))
                .apply(KEY, new float[1], Shape.vector(1))
                .dropped();
    }

    @Test
    void comparesShapesWithDimensions() {
        assertThat(SHAPE.isOf(new int[] {4, 6}, 24)).isTrue();
        assertThat(SHAPE.isOf(new int[] {6, 4}, 24)).isFalse();
        assertThat(SHAPE.isOf(null, 24)).isFalse();
        assertThat(Shape.vector(24).isOf(null, 24)).isTrue();
        assertThat(Shape.vector(24).isOf(null, 23)).isFalse();
    }
}
