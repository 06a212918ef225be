package org.mydropout.job.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests for {@link ExactRounding}, by definitions alone. */
class ExactRoundingTest {

    /** A little less than the half of a gap. */
    private static final BigDecimal LESS = new BigDecimal("0.4999999999");

    private static final BigDecimal MORE = new BigDecimal("0.5000000001");

    @ParameterizedTest
    @CsvSource({
        "0, 00000000",
        "-0.0, 80000000",
        "1, 3f800000",
        "16777217, 4b800000",
        "16777219, 4b800002",
        "1.00000005960464477540000000000000000001, 3f800001",
        "1.4e-45, 00000001",
        "7.0064923216240853546186479164495806564013097093825788587853e-46, 00000000",
        "7.0064923216240853546186479164495806564013097093825788587854e-46, 00000001",
        "1.17549435e-38, 00800000",
        "3.40282356779733661637539395458142568447e38, 7f7fffff",
        "3.40282356779733661637539395458142568448e38, 7f800000",
        "-1e400, ff800000",
        "1e-400, 00000000"
    })
    void roundsToTheNearestAndTiesToTheEvenOne(String decimal, String bits) {
        assertThat("%08x".formatted(Float.floatToRawIntBits(ExactRounding.nearest(decimal))))
                .isEqualTo(bits);
    }

    /**
     * A float32 is the nearest to itself and to all numbers that are nearer to it than to its
     * neighbours.
     */
    @Test
    void givesEachFloat32ItsSurroundings() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(1 + random.nextInt(0x7F7F_FFFE));
            BigDecimal exact = new BigDecimal(value);
            BigDecimal gap = new BigDecimal(Math.nextUp(value)).subtract(exact);
            BigDecimal less = gap.multiply(LESS);
            BigDecimal more = gap.multiply(MORE);

            assertThat(nearest(exact)).isEqualTo(value);
            assertThat(nearest(exact.add(less))).isEqualTo(value);
            assertThat(nearest(exact.add(more))).isEqualTo(Math.nextUp(value));
            // Below a power of two the gap is half of that above.
            BigDecimal below = exact.subtract(new BigDecimal(Math.nextDown(value)));
            assertThat(nearest(exact.subtract(below.multiply(LESS)))).isEqualTo(value);
            assertThat(nearest(exact.subtract(below.multiply(MORE))))
                    .isEqualTo(Math.nextDown(value));
        }
    }

    private static float nearest(BigDecimal exact) {
        return ExactRounding.nearest(exact.toString());
    }
}
