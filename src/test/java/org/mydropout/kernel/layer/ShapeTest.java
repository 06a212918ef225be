package org.mydropout.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for {@link Shape}. */
class ShapeTest {

    static Stream<Arguments> hasTheProductOfItsDimensionsForASize() {
        return Stream.of(
                Arguments.of(new int[] {}, 1),
                Arguments.of(new int[] {0}, 0),
                Arguments.of(new int[] {28, 28, 3}, 2352),
                Arguments.of(new int[] {1 << 20, 1 << 20, 1 << 20, 0}, 0),
                Arguments.of(new int[] {Integer.MAX_VALUE, 1}, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource
    void hasTheProductOfItsDimensionsForASize(int[] dimensions, int size) {
        Shape shape = Shape.of(dimensions);

        assertThat(shape.size()).isEqualTo(size);
        assertThat(shape.rank()).isEqualTo(dimensions.length);
    }

    static Stream<Arguments> refusesDimensionsThatNoArrayHas() {
        return Stream.of(
                Arguments.of(
                        new int[] {3, -1},
                        "The dimensions of a shape must be from 0, but are 3x-1."),
                Arguments.of(
                        new int[] {1 << 16, 1 << 15},
                        "The elements of a shape must be at most 2147483647, but 65536x32768 has"
                                + " more."),
                Arguments.of(
                        new int[] {1 << 16, 1 << 16, 1 << 16, 1 << 16},
                        "The elements of a shape must be at most 2147483647, but"
                                + " 65536x65536x65536x65536 has more."));
    }

    @ParameterizedTest
    @MethodSource
    void refusesDimensionsThatNoArrayHas(int[] dimensions, String message) {
        assertThatThrownBy(() -> Shape.of(dimensions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void isAValue() {
        int[] dimensions = {2, 3};
        Shape shape = Shape.of(dimensions);
        dimensions[0] = 5;

        assertThat(shape).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
        assertThat(shape).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.vector(6));
        assertThat(shape.dimensions()).isEqualTo(List.of(2, 3));
        assertThat(shape.dimension(1)).isEqualTo(3);
        assertThat(shape).hasToString("2x3");
        assertThat(Shape.vector(6)).isEqualTo(Shape.of(6));
    }
}
