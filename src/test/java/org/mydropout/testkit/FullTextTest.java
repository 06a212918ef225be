package org.mydropout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mydropout.kernel.flax.IdType;

/** Tests for {@link FullText}. */
class FullTextTest {

    static Stream<Arguments> showsEveryField() {
        return Stream.of(
                arguments("text", "text"),
                arguments(1.5f, "1.5"),
                arguments(new float[] {1, -0f, Float.NaN}, "[1.0, -0.0, NaN]"),
                arguments(new Plain(), "FullTextTest.Plain[id=7, values=[[1, 2], [3]]]"),
                arguments(
                        new Nested(List.of(new Plain()), Instant.EPOCH, IdType.UINT64),
                        "FullTextTest.Nested[plain=[FullTextTest.Plain[id=7, values=[[1, 2],"
                                + " [3]]]], time=1970-01-01T00:00:00Z, type=uint64]"),
                arguments(Tuple2.of("a", new byte[] {1}), "Tuple2[f0=a, f1=[1]]"));
    }

    @ParameterizedTest
    @MethodSource
    void showsEveryField(Object record, String text) {
        assertThat(FullText.of(record)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource
    void leavesToItselfWhatIsNotOpenToReflection(Object record) {
        assertThat(FullText.of(record)).isEqualTo("{a=1}");
    }

    static Stream<Object> leavesToItselfWhatIsNotOpenToReflection() {
        HashMap<String, Integer> ofThePlatform = new HashMap<>();
        ofThePlatform.put("a", 1);
        return Stream.of(ofThePlatform);
    }

    /** Has no toString. */
    private static final class Plain {
        @SuppressWarnings("unused")
        private final long id = 7;

        @SuppressWarnings("unused")
        private final int[][] values = {{1, 2}, {3}};
    }

    private record Nested(List<Plain> plain, Instant time, IdType type) {}
}
