package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link ShortestDecimal}. {@link EveryShortestDecimal} compares all values. */
class ShortestDecimalTest {

    private static final int AT = 3;

    private final byte[] bytes = new byte[AT + ShortestDecimal.BYTES];

    private String write(float value) {
        return new String(bytes, AT, ShortestDecimal.write(value, bytes, AT) - AT, US_ASCII);
    }

    private void assertAsJackson(float value) {
        assertThat(write(value)).isEqualTo(NumberOutput.toString(value, true));
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                0f,
                3f,
                -10f,
                9.999999f,
                10.000001f,
                0.1f,
                0.001f,
                -0.0010000002f,
                0.01f,
                0.3f,
                99.99f,
                1.1111112f,
                -1.9999999f,
                7.5977e0f,
                8_388_607.5f,
                8_388_610f,
                9_000_000f,
                -9_999_999f
            })
    void writesAsJackson(float value) {
        assertAsJackson(value);
    }

    @Test
    void writesValuesOfEverySizeAsJackson() {
        Random random = new Random(1);
        int least = Float.floatToRawIntBits(0.001f);
        int most = Float.floatToRawIntBits(1e7f);
        for (int i = 0; i < 500_000; i++) {
            int bits = least + random.nextInt(most - least);
            assertAsJackson(Float.intBitsToFloat(bits));
            assertAsJackson(-Float.intBitsToFloat(bits));
        }
    }

    @Test
    void writesShortDecimalsAsJackson() {
        for (int i = 1; i <= 100_000; i++) {
            for (float unit : new float[] {1f, 10f, 100f, 1000f, 10_000f}) {
                float value = i / unit;
                if (value >= 0.001f) {
                    assertAsJackson(value);
                }
            }
        }
    }

    @Test
    void writesPowersOfTwoAsJackson() {
        for (int exponent = -9; exponent <= 23; exponent++) {
            assertAsJackson(Math.scalb(1f, exponent));
        }
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                -0f,
                9.999999E-4f,
                1e7f,
                Float.MIN_VALUE,
                -Float.MAX_VALUE,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY
            })
    void leavesOthers(float value) {
        assertThat(write(value)).isEmpty();
    }
}
