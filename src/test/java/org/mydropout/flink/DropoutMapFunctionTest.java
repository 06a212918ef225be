package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mydropout.flink.GoldenCase.GoldenRecord;
import org.mydropout.kernel.GoldenVectors;
import org.mydropout.kernel.layer.Shape;
import org.mydropout.kernel.math.FloatType;

/** Tests for {@link DropoutMapFunction} on a stream that is not keyed. */
class DropoutMapFunctionTest {

    private static final FeatureVector VECTOR =
            new FeatureVector(5, 3, new float[] {1, 2, 3, 4, 5, 6, 7, 8});

    private OneInputStreamOperatorTestHarness<?, ?> harness;

    @AfterEach
    void close() throws Exception {
        if (harness != null) {
            harness.close();
        }
    }

    static Stream<GoldenCase> goldenCases() {
        return GoldenCase.all();
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void equalsFlaxOnEveryRecord(GoldenCase golden) throws Exception {
        DropoutMapFunction<Sample> function = open(golden.config(), Sample.ACCESSOR);

        for (GoldenRecord record : golden.records()) {
            Sample input = record.input();
            Sample output = function.map(input);

            assertThat(GoldenVectors.bits(output.values()))
                    .isEqualTo(GoldenVectors.bits(record.expected().values()));
            assertThat(output.id()).isEqualTo(input.id());
            assertThat(output.step()).isEqualTo(input.step());
            assertThat(output.label()).isEqualTo(input.label());
        }
    }

    @Test
    void writesToANewArrayOnly() throws Exception {
        DropoutMapFunction<FeatureVector> function = open(builder());
        float[] before = VECTOR.values().clone();

        FeatureVector output = function.map(VECTOR);

        assertThat(VECTOR.values()).containsExactly(before);
        assertThat(output.values()).isNotSameAs(VECTOR.values()).isNotEqualTo(before);
        assertThat(function.map(VECTOR).values()).isNotSameAs(output.values());
    }

    static Stream<DropoutConfigBuilder> notApplied() {
        return Stream.of(builder().deterministic(true), builder().rate(0));
    }

    @ParameterizedTest
    @MethodSource("notApplied")
    void passesTheVectorItselfWhenDropoutIsNotApplied(DropoutConfigBuilder config)
            throws Exception {
        DropoutMapFunction<FeatureVector> function = open(config);

        assertThat(function.map(VECTOR).values()).isSameAs(VECTOR.values());
        assertThat(function.metrics().records()).isEqualTo(1);
        assertThat(function.metrics().elementsKept()).isEqualTo(8);
        assertThat(function.metrics().elementsDropped()).isZero();
    }

    @ParameterizedTest
    @MethodSource("notApplied")
    void asksForNoGuardWhenNoKeyIsDerived(DropoutConfigBuilder config) throws Exception {
        DropoutMapFunction<FeatureVector> function = open(config.keyReuse(KeyReuse.FAIL));

        function.map(VECTOR);
        function.map(VECTOR);

        assertThat(function.metrics().keysReused()).isZero();
    }

    @Test
    void usesTheConstantStepAndPutsItOut() throws Exception {
        FeatureVector fromConstant =
                open(builder().stepFrom(StepSource.CONSTANT).step(11)).map(VECTOR);
        close();
        FeatureVector fromRecord = open(builder()).map(new FeatureVector(5, 11, VECTOR.values()));

        assertThat(fromConstant).isEqualTo(fromRecord);
        assertThat(fromConstant.step()).isEqualTo(11);
    }

    @Test
    void countsRecordsAndElements() throws Exception {
        DropoutMapFunction<FeatureVector> function = open(builder());
        long kept = 0;
        for (int step = 0; step < 50; step++) {
            FeatureVector output = function.map(new FeatureVector(1, step, VECTOR.values()));
            for (float value : output.values()) {
                kept += value == 0 ? 0 : 1;
            }
        }

        assertThat(kept).isBetween(1L, 399L);
        assertThat(function.metrics().records()).isEqualTo(50);
        assertThat(function.metrics().elementsKept()).isEqualTo(kept);
        assertThat(function.metrics().elementsDropped()).isEqualTo(400 - kept);
    }

    @Test
    void takesAnEmptyVector() throws Exception {
        DropoutMapFunction<FeatureVector> function = open(builder());

        assertThat(function.map(new FeatureVector(1, 2, new float[0])).values()).isEmpty();
        assertThat(function.metrics().records()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAnIdOutOfRange(boolean deterministic) throws Exception {
        DropoutMapFunction<FeatureVector> function = open(builder().deterministic(deterministic));

        assertThatThrownBy(() -> function.map(new FeatureVector(-1, 0, new float[1])))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith("The id of a record must be from 0 to 4294967295");
        assertThat(function.metrics().records()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesAStepOutOfRange(boolean deterministic) throws Exception {
        DropoutMapFunction<FeatureVector> function = open(builder().deterministic(deterministic));

        assertThatThrownBy(() -> function.map(new FeatureVector(5, 1L << 32, new float[1])))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith("The step of a record must be from 0 to 4294967295");
    }

    @Test
    void refusesANullVector() throws Exception {
        DropoutMapFunction<Sample> function = open(builder().build(), Sample.ACCESSOR);

        assertThatThrownBy(() -> function.map(new Sample("5", 3, null, "")))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessage("The vector of a record must not be null, but that of id 5 is.");
    }

    @Test
    void refusesANullRecordFromTheAccessor() throws Exception {
        DropoutMapFunction<FeatureVector> function = open(builder().build(), new Forgetful());

        assertThatThrownBy(() -> function.map(VECTOR))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith("RecordAccessor.withVector must return a record, but")
                .hasMessageEndingWith("Forgetful returned null.");
    }

    @Test
    void passesADeterministicRecordItself() throws Exception {
        DropoutMapFunction<FeatureVector> function =
                open(builder().rate(1).build(), new Evaluation());

        assertThat(function.map(VECTOR)).isSameAs(VECTOR);
        assertThat(function.metrics().elementsKept()).isEqualTo(VECTOR.values().length);
        assertThat(function.metrics().elementsDropped()).isZero();
    }

    @Test
    void hasNoMetricsBeforeItIsOpened() {
        assertThatThrownBy(
                        () ->
                                new DropoutMapFunction<>(builder().build(), FeatureVector.ACCESSOR)
                                        .metrics())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The metrics of a DropoutMapFunction exist once it has been opened.");
    }

    @Test
    void saysThatKeyByIsMissingForTheCounter() {
        assertThatThrownBy(() -> open(builder().stepFrom(StepSource.COUNTER)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The stream must be keyed by the id, with keyBy, when")
                .hasMessageEndingWith(
                        "dropout.step-from is counter and dropout.key-reuse is allow.");
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "FAIL"})
    void saysThatKeyByIsMissingForTheGuard(KeyReuse keyReuse) {
        assertThatThrownBy(() -> open(builder().keyReuse(keyReuse)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The stream must be keyed by the id, with keyBy, when")
                .hasMessageEndingWith(
                        "dropout.step-from is record and dropout.key-reuse is " + keyReuse + ".");
    }

    @Test
    void appliesLayersToBfloat16() throws Exception {
        DropoutMapFunction<Typed> function = open(builder().build(), new TypedAccessor());
        Typed input = new Typed(5, 3, new double[] {1, 2, 3, 4, 5, 6, 7, 8});

        Typed output = function.map(input);

        assertThat(output.values())
                .isEqualTo(
                        builder()
                                .build()
                                .transform()
                                .typed(FloatType.BFLOAT16)
                                .apply(5, 3, input.values(), Shape.vector(8))
                                .values())
                .contains(0);
        assertThat(output.step()).isEqualTo(3);
        assertThat(function.metrics().elementsDropped())
                .isEqualTo(Arrays.stream(output.values()).filter(value -> value == 0).count());
        assertThat(input.values()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void refusesALayerThatLacksTheType() {
        DropoutConfig noise =
                DropoutConfig.builder()
                        .layer("gaussian-noise", Map.of("stddev", 1.0))
                        .seed(1)
                        .build();
        assertThatThrownBy(() -> open(noise, new TypedAccessor()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "The type of the elements of GaussianNoise must be float32, but is bfloat16.");
    }

    @Test
    void saysWhatAnAccessorWithATypeLacks() throws Exception {
        DropoutMapFunction<FeatureVector> function =
                open(
                        builder().build(),
                        new Reading() {
                            @Override
                            public Optional<FloatType> type() {
                                return Optional.of(FloatType.FLOAT16);
                            }
                        });
        assertThatThrownBy(() -> function.map(VECTOR))
                .isInstanceOf(RefusedRecordException.class)
                .hasMessageStartingWith(
                        "A RecordAccessor must implement typedVector when it has a type, but ");
    }

    private record Typed(long id, long step, double[] values) {}

    /** Reads vectors of bfloat16. */
    private static final class TypedAccessor implements RecordAccessor<Typed> {
        @Override
        public Optional<FloatType> type() {
            return Optional.of(FloatType.BFLOAT16);
        }

        @Override
        public long id(Typed record) {
            return record.id();
        }

        @Override
        public long step(Typed record) {
            return record.step();
        }

        @Override
        public float[] vector(Typed record) {
            throw new AssertionError("The vectors have a type.");
        }

        @Override
        public Typed withVector(Typed record, long step, float[] vector) {
            throw new AssertionError("The vectors have a type.");
        }

        @Override
        public double[] typedVector(Typed record) {
            return record.values();
        }

        @Override
        public Typed withTypedVector(Typed record, long step, double[] vector) {
            return new Typed(record.id(), step, vector);
        }
    }

    /** Reads a FeatureVector. */
    private static class Reading implements RecordAccessor<FeatureVector> {
        @Override
        public long id(FeatureVector record) {
            return record.id();
        }

        @Override
        public long step(FeatureVector record) {
            return record.step();
        }

        @Override
        public float[] vector(FeatureVector record) {
            return record.values();
        }

        @Override
        public FeatureVector withVector(FeatureVector record, long step, float[] vector) {
            return new FeatureVector(record.id(), step, vector);
        }
    }

    /** Returns no record. */
    private static final class Forgetful extends Reading {
        @Override
        public FeatureVector withVector(FeatureVector record, long step, float[] vector) {
            return null;
        }
    }

    /** Lets every record pass unchanged. */
    private static final class Evaluation extends Reading {
        @Override
        public boolean deterministic(FeatureVector record) {
            return true;
        }
    }

    private static DropoutConfigBuilder builder() {
        return DropoutConfig.builder().rate(0.5).seed(42);
    }

    private DropoutMapFunction<FeatureVector> open(DropoutConfigBuilder config) throws Exception {
        return open(config.build(), FeatureVector.ACCESSOR);
    }

    private <T> DropoutMapFunction<T> open(DropoutConfig config, RecordAccessor<T> accessor)
            throws Exception {
        DropoutMapFunction<T> function = new DropoutMapFunction<>(config, accessor);
        OneInputStreamOperatorTestHarness<T, T> opened =
                new OneInputStreamOperatorTestHarness<>(new StreamMap<>(function));
        harness = opened;
        opened.open();
        return function;
    }
}
