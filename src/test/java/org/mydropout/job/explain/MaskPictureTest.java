package org.mydropout.job.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.job.explain.MaskRunsTest.bits;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mydropout.kernel.layer.Shape;

/** Tests for {@link MaskPicture}. */
class MaskPictureTest {

    private static final int WIDEST = 80;

    @Test
    void drawsTwoRowsOfAnImageInALine() {
        Optional<Shape> image = Optional.of(Shape.of(3, 4, 1));
        assertThat(MaskPicture.of(bits("110010101110"), 12, image))
                .containsExactly("┌────┐", "│ ▄▀█│", "│   ▀│", "└────┘");
    }

    @Test
    void shadesAPixelOfSeveralChannels() {
        Optional<Shape> image = Optional.of(Shape.of(1, 3, 3));
        assertThat(MaskPicture.of(bits("111011000"), 9, image))
                .containsExactly("┌───┐", "│ ▒█│", "└───┘");
    }

    @Test
    void drawsAVectorFromLeftToRight() {
        List<String> lines = MaskPicture.of(bits("1".repeat(64) + "01"), 66, Optional.empty());
        assertThat(lines).containsExactly(" 0 " + "·".repeat(64), "64 █·");
    }

    @Test
    void drawsNothingOfNothing() {
        assertThat(MaskPicture.of(new BitSet(), 0, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"784, 28, 28", "1000000, 1000, 1000", "10000, 100, 100", "7, 7, 1", "7, 1, 7"})
    void fitsATerminal(int size, int height, int width) {
        BitSet kept = new BitSet();
        kept.set(0, size / 2);
        for (Optional<Shape> image :
                List.of(Optional.<Shape>empty(), Optional.of(Shape.of(height, width, 1)))) {
            List<String> lines = MaskPicture.of(kept, size, image);
            assertThat(lines).hasSizeLessThanOrEqualTo(42);
            assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDEST));
        }
    }
}
