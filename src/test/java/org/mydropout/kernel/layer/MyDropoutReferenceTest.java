package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Compares {@link MyDropout} with {@link PlainDropout} for many sizes and all settings. */
class MyDropoutReferenceTest {

    private static final float[] SPECIAL = {
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Math.nextDown(Float.MIN_NORMAL)
    };

    /**
     * In addition to all small sizes: sizes around and between multiples of a block, mostly odd
     * ones.
     */
    private static final int[] LARGE = {
        511, 512, 513, 1023, 1025, 2047, 2049, 3001, 4095, 4096, 4097, 8193, 20_001, 65_537
    };

    record Setting(double rate, Scaling scaling, Subnormals subnormals, JaxConfig config) {}

    static List<Setting> equalsThePlainReferenceAtEverySize() {
        List<Setting> settings = new ArrayList<>();
        for (double rate : new double[] {1e-9, 0.1, 0.5, 0.999, 1}) {
            for (Scaling scaling : Scaling.values()) {
                for (Subnormals subnormals : Subnormals.values()) {
                    for (int bits = 0; bits < 4; bits++) {
                        JaxConfig config = new JaxConfig((bits & 1) == 1, (bits & 2) == 2);
                        settings.add(new Setting(rate, scaling, subnormals, config));
                    }
                }
            }
        }
        return settings;
    }

    @ParameterizedTest
    @MethodSource
    void equalsThePlainReferenceAtEverySize(Setting setting) {
        MyDropout layer =
                new MyDropout(
                        setting.rate(), setting.scaling(), setting.subnormals(), setting.config());
        IntStream.concat(IntStream.rangeClosed(0, 300), IntStream.of(LARGE))
                .forEach(size -> assertEqualsReference(layer, setting, size));
    }

    private static void assertEqualsReference(MyDropout layer, Setting setting, int size) {
        PrngKey key = PrngKey.of(1701).foldIn(size);
        float[] x = input(size);
        float[] untouched = x.clone();
        float[] y = new float[size];
        int kept = layer.apply(key, x, y);
        float[] expected =
                PlainDropout.apply(
                        setting.rate(),
                        setting.scaling(),
                        setting.subnormals(),
                        setting.config(),
                        key,
                        x);
        boolean[] mask = PlainDropout.mask(1 - setting.rate(), setting.config(), key, size);
        assertThat(GoldenVectors.bits(y))
                .as("size %d", size)
                .isEqualTo(GoldenVectors.bits(expected));
        assertThat(kept)
                .as("kept of %d", size)
                .isEqualTo((int) IntStream.range(0, size).filter(i -> mask[i]).count());
        assertThat(GoldenVectors.bits(x)).isEqualTo(GoldenVectors.bits(untouched));
    }

    /** Random floats, about every fourth a special one. */
    private static float[] input(int size) {
        Random random = new Random(size);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            int choice = random.nextInt(4 * SPECIAL.length);
            x[i] =
                    choice < SPECIAL.length
                            ? SPECIAL[choice]
                            : Float.intBitsToFloat(random.nextInt());
        }
        return x;
    }
}
