package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.layer.MyDropout.Scaling;
import org.mydropout.kernel.layer.MyDropout.Subnormals;
import org.mydropout.kernel.random.JaxConfig;
import org.mydropout.kernel.random.PrngKey;

/** Tests for {@link MaskDraws}. */
class MaskDrawsTest {

    private static final PrngKey KEY = PrngKey.of(7).foldIn(3);

    @ParameterizedTest
    @CsvSource({
        "0.1, true, false, 23",
        "0.1, false, false, 23",
        "0.1, true, true, 52",
        "0.1, false, true, 52",
        "0.9999999, true, false, 23",
        "1, true, false, 23",
        "1, true, true, 52"
    })
    void keepsWhatTheLayerKeeps(double rate, boolean partitionable, boolean x64, int bits) {
        JaxConfig config = new JaxConfig(partitionable, x64);
        MyDropout layer = new MyDropout(rate, Scaling.RECIPROCAL, Subnormals.KEEP, config);
        float[] ones = new float[3001]; // odd, and more than two blocks
        Arrays.fill(ones, 1);
        Shape shape = Shape.vector(ones.length);

        MaskDraws draws = layer.draws(KEY, shape);

        float[] out = layer.apply(KEY, ones, shape).values();
        assertThat(draws.bits()).isEqualTo(bits);
        assertThat(draws.mantissas()).hasSize(ones.length);
        for (int i = 0; i < ones.length; i++) {
            assertThat(draws.keeps(i)).as("element %d", i).isEqualTo(out[i] != 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0, 1", "1, 0", "0.1, 0.8999999761581421"})
    void givesTheProbabilityThatADrawIsBelowTheThreshold(double rate, double keep) {
        MaskDraws draws = new MyDropout(rate).draws(KEY, Shape.vector(0));
        assertThat(draws.keepProbability()).isEqualTo(keep);
    }
}
