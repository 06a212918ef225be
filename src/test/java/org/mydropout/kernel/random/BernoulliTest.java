package org.mydropout.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares {@link Bernoulli} with the simple {@link JaxRandom}. */
class BernoulliTest {

    private static final PrngKey KEY = PrngKey.of(43);

    static Stream<JaxConfig> configurations() {
        return Stream.of(true, false)
                .flatMap(
                        partitionable ->
                                Stream.of(true, false)
                                        .map(x64 -> new JaxConfig(partitionable, x64)));
    }

    private static int[] sizes() {
        return new int[] {
            0, 1, 2, 3, 63, 64, 65, 511, 512, 513, 514, 1023, 1024, 1025, 2047, 2048, 2049, 5001
        };
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void hitsAsJaxBernoulli(JaxConfig config) {
        for (double p : new double[] {0, 0x1p-40, 0.1, 0.5, 0.9, 1 - 0x1p-40, 1}) {
            Bernoulli bernoulli = new Bernoulli(p, config);
            for (int n : sizes()) {
                boolean[] hits = JaxRandom.bernoulli(KEY, p, n, config);
                BitSet seen = new BitSet();
                int[] words = Bernoulli.words();
                for (int block = 0; block < bernoulli.blocks(n); block++) {
                    int length = bernoulli.draw(KEY, n, block, words);
                    for (int i = 0; i < length; i++) {
                        int element = bernoulli.from(n, block) + i;
                        int word = bernoulli.at(n, block) + i;
                        assertThat(words[word] >>> 9 < bernoulli.threshold())
                                .isEqualTo(hits[element]);
                        words[word] = ~words[word]; // as a caller may
                        assertThat(seen.get(element)).isFalse();
                        seen.set(element);
                    }
                }
                assertThat(seen.cardinality()).isEqualTo(n);
            }
        }
    }
}
