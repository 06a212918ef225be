package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for {@link DrawCursor} and {@link Bernoulli}, beside the readable {@link JaxRandom}. */
class DrawCursorTest {

    private static final PrngKey KEY = PrngKey.of(43);

    static Stream<JaxConfig> configurations() {
        return Stream.of(true, false)
                .flatMap(
                        partitionable ->
                                Stream.of(true, false)
                                        .map(x64 -> new JaxConfig(partitionable, x64)));
    }

    private static int[] sizes() {
        return new int[] {0, 1, 2, 3, 63, 64, 65, 1023, 1024, 1025, 2047, 2048, 2049, 5001};
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void givesTheDrawOfEachElementOnce(JaxConfig config) {
        for (int n : sizes()) {
            long[] draws32 = JaxRandom.bits(KEY, n, 32, config);
            long[] draws64 = JaxRandom.bits(KEY, n, 64, config);
            BitSet seen = new BitSet();
            DrawCursor draws = DrawCursor.of32(KEY, n, config);
            while (draws.next()) {
                for (int i = 0; i < draws.length(); i++) {
                    int element = unseen(seen, draws, i);
                    assertThat(draws.words()[draws.at() + i]).isEqualTo((int) draws32[element]);
                }
            }
            assertThat(seen.cardinality()).isEqualTo(n);
            seen.clear();
            draws = DrawCursor.of64(KEY, n, config);
            while (draws.next()) {
                assertThat(draws.at()).isZero();
                for (int i = 0; i < draws.length(); i++) {
                    long upper = draws.words()[i];
                    int lower = draws.words()[BlockLoops.BLOCK + i];
                    assertThat(upper << 32 | Integer.toUnsignedLong(lower))
                            .isEqualTo(draws64[unseen(seen, draws, i)]);
                }
            }
            assertThat(seen.cardinality()).isEqualTo(n);
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void hitsAsJaxBernoulli(JaxConfig config) {
        for (double p : new double[] {0, 0x1p-40, 0.1, 0.5, 0.9, 1 - 0x1p-40, 1}) {
            Bernoulli bernoulli = new Bernoulli(p, config);
            for (int n : sizes()) {
                boolean[] hits = JaxRandom.bernoulli(KEY, p, n, config);
                BitSet seen = new BitSet();
                DrawCursor draws = bernoulli.draws(KEY, n);
                while (draws.next()) {
                    for (int i = 0; i < draws.length(); i++) {
                        int draw = draws.words()[draws.at() + i] >>> 9;
                        assertThat(draw < bernoulli.threshold())
                                .isEqualTo(hits[unseen(seen, draws, i)]);
                    }
                }
                assertThat(seen.cardinality()).isEqualTo(n);
            }
        }
    }

    @Test
    void refusesANegativeSize() {
        assertThatThrownBy(() -> DrawCursor.of32(KEY, -1, JaxConfig.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A draw has from 0 to 2147483647 elements, but -1 were asked for.");
    }

    private static int unseen(BitSet seen, DrawCursor draws, int i) {
        int element = draws.from() + i;
        assertThat(seen.get(element)).isFalse();
        seen.set(element);
        return element;
    }
}
