package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mydropout.kernel.GoldenVectors.bits;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.ModulePath;
import org.mydropout.kernel.flax.RecordKeys;
import org.mydropout.kernel.flax.Rngs;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.Derivation.Sample;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link KeyedTransform}. {@link GoldenRecordsTest} has those with one layer. */
class KeyedTransformTest {

    private static final PrngKey BASE = PrngKey.of(42);
    private static final PrngKey RECORD = BASE.foldIn(7).foldIn(3);
    private static final float[] ONE_TO_TWELVE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    private static final KeyedLayer FIRST = KeyedLayer.at(path("MyDropout_0"), new MyDropout(0.25));
    private static final KeyedLayer SECOND = KeyedLayer.at(path("MyDropout_1"), new MyDropout(0.5));
    private static final KeyedLayer NOTHING = KeyedLayer.at(path("MyDropout_2"), new MyDropout(0));
    private static final KeyedLayer RAW = KeyedLayer.raw(new MyDropout(0.5));

    /**
     * With {@code MyDropout} of {@code make_golden.py}:
     *
     * <pre>{@code
     * class Two(nn.Module):
     *     @nn.compact
     *     def __call__(self, x):
     *         x = MyDropout(0.25)(x, False)
     *         return MyDropout(0.5)(x, False)
     * key = jax.random.fold_in(jax.random.fold_in(jax.random.key(42), 7), 3)
     * Two().apply({}, jnp.arange(1, 13, dtype=jnp.float32), rngs={"dropout": key})
     * }</pre>
     */
    @Test
    void equalsFlaxOnAChainOfLayers() {
        LayerOutput output = transform(FIRST, SECOND).apply(7, 3, ONE_TO_TWELVE);

        assertThat(bits(output.values()))
                .containsExactly(
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0x41955556,
                        0x41aaaaab,
                        0x41c00000,
                        0x41d55556,
                        0x41eaaaab,
                        0);
        assertThat(output.shape()).isEqualTo(Shape.vector(12));
        // The first drops 2 of 12 and the second 6.
        assertThat(output.dropped()).isEqualTo(8);
    }

    @Test
    void leavesOutLayersThatChangeNothing() {
        KeyedTransform transform = transform(NOTHING, FIRST);

        assertThat(transform.isIdentity()).isFalse();
        assertThat(transform.apply(7, 3, ONE_TO_TWELVE).values())
                .isEqualTo(transform(FIRST).apply(7, 3, ONE_TO_TWELVE).values());
        assertThat(transform.layers()).containsExactly(NOTHING, FIRST);
        assertThat(transform.derivation(7, 3).samples())
                .extracting(Sample::layer)
                .containsExactly(FIRST);
    }

    static List<KeyedTransform> identities() {
        return List.of(transform(), transform(NOTHING));
    }

    @ParameterizedTest
    @MethodSource("identities")
    void passesTheInputItselfThroughAnIdentity(KeyedTransform transform) {
        LayerOutput output = transform.apply(7, 3, ONE_TO_TWELVE);

        assertThat(transform.isIdentity()).isTrue();
        assertThat(output.values()).isSameAs(ONE_TO_TWELVE);
        assertThat(output.shape()).isEqualTo(Shape.vector(12));
        assertThat(output.dropped()).isZero();
        assertThat(transform.derivation(7, 3).samples()).isEmpty();
    }

    static List<KeyedTransform> refusesWhatRecordKeysRefuse() {
        return List.of(transform(), transform(NOTHING), transform(FIRST), transform(RAW));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatRecordKeysRefuse(KeyedTransform transform) {
        String range = "The id of a record must be from 0 to 4294967295";
        assertThatThrownBy(() -> transform.apply(-1, 0, new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(range);
        assertThatThrownBy(() -> transform.check(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(range);
        assertThatThrownBy(() -> transform.derivation(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(range);

        String type = "The id of a record must be an integer";
        assertThatThrownBy(() -> transform.apply("1", 0, new float[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(type);
        assertThatThrownBy(() -> transform.check("1", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(type);
        assertThatThrownBy(() -> transform.derivation("1", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(type);
    }

    @Test
    void samplesWhatMakeRngMakesOfTheRecordKey() {
        ModulePath path = new ModulePath(List.of("Block_0", "MyDropout_0"), false);
        KeyedLayer nested = KeyedLayer.at(path, new MyDropout(0.5));
        Derivation derivation = transform(nested, FIRST).derivation(7, 3);

        assertThat(derivation.baseKey()).isEqualTo(BASE);
        assertThat(derivation.recordKey()).isEqualTo(RECORD);
        assertThat(derivation.samples())
                .containsExactly(
                        new Sample(
                                nested,
                                Rngs.of("dropout", RECORD)
                                        .child("Block_0")
                                        .child("MyDropout_0")
                                        .makeRng("dropout")),
                        new Sample(
                                FIRST,
                                Rngs.of("dropout", RECORD)
                                        .child("MyDropout_0")
                                        .makeRng("dropout")));
        assertThat(nested.words()).containsExactly(path.foldData(1));
    }

    @Test
    void samplesTheRecordKeyItself() {
        assertThat(transform(RAW).derivation(7, 3).samples())
                .containsExactly(new Sample(RAW, RECORD));
        assertThat(RAW.words()).isEmpty();
        assertThat(transform(RAW).apply(7, 3, ONE_TO_TWELVE).values())
                .isEqualTo(RAW.layer().apply(RECORD, ONE_TO_TWELVE, Shape.vector(12)).values());
    }

    @Test
    void refusesAKeyThatIsBothSampledAndFolded() {
        assertThatThrownBy(() -> transform(FIRST, RAW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A layer that samples the key of the record itself must be the only one,"
                                + " but is one of 2: the keys of the others are folded from it.");
    }

    @Test
    void refusesAKeyThatTwoLayersSample() {
        assertThatThrownBy(() -> transform(FIRST, KeyedLayer.at(path("MyDropout_0"), RAW.layer())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Each layer must sample a key of its own, but two sample that of the module"
                                + " path [MyDropout_0].");
    }

    @Test
    void samplesTheFirstCallsOfForks() {
        KeyedLayer first = KeyedLayer.nnx(0, RAW.layer());
        KeyedLayer second = KeyedLayer.nnx(1, RAW.layer());

        assertThat(transform(first, FIRST, second).derivation(7, 3).samples())
                .contains(
                        new Sample(first, RECORD.foldIn(0).foldIn(0)),
                        new Sample(second, RECORD.foldIn(1).foldIn(0)));
        assertThat(second.words()).containsExactly(1L, 0L);
        assertThat(second.path()).isEmpty();
        assertThatThrownBy(() -> transform(first, second, KeyedLayer.nnx(0, RAW.layer())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Each layer must sample a key of its own, but two sample that of fork 0 of"
                                + " nnx.Rngs.");
    }

    @Test
    void refusesAForkWhoseStreamALayerSamples() {
        int hash = FIRST.words().get(0).intValue();

        assertThatThrownBy(() -> transform(FIRST, KeyedLayer.nnx(hash, RAW.layer())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Each layer must sample a key that is not folded, but that of the module path"
                                + " [MyDropout_0] is folded with that of fork %d of nnx.Rngs.",
                        hash);
    }

    @Test
    void givesEveryVectorItsShapeAndAnArrayOfItsOwn() {
        KeyedTransform transform = transform(FIRST);
        for (int size : new int[] {3, 5, 5, 0, 3}) {
            float[] x = new float[size];
            LayerOutput output = transform.apply(7, 3, x);

            assertThat(output.shape()).isEqualTo(Shape.vector(size));
            assertThat(output.values()).hasSize(size).isNotSameAs(x);
        }
    }

    @ParameterizedTest
    @MethodSource("refusesWhatRecordKeysRefuse")
    void takesAShapeOfTheSizeOfTheArrayAlone(KeyedTransform transform) {
        Shape shape = Shape.of(3, 4);

        LayerOutput output = transform.apply(7, 3, ONE_TO_TWELVE, shape);

        assertThat(output.shape()).isEqualTo(shape);
        assertThat(output.values()).isEqualTo(transform.apply(7, 3, ONE_TO_TWELVE).values());
        assertThatThrownBy(() -> transform.apply(7, 3, new float[11], shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("An array of the shape 3x4 must have 12 elements, but has 11.");
    }

    private static ModulePath path(String name) {
        return ModulePath.ROOT.child(name);
    }

    private static KeyedTransform transform(KeyedLayer... layers) {
        RecordKeys keys = new RecordKeys(BASE, IdType.UINT32, StepType.UINT32);
        return new KeyedTransform(keys, List.of(layers));
    }
}
