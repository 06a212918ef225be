package org.mydropout.job.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.sheet.SheetBuilder.Variant;
import org.mydropout.job.text.ElementType;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;

/** Tests for {@link SheetBuilder}. */
class SheetBuilderTest {

    private static final KeyedTransform TRANSFORM = SampleSheets.CONFIG.transform();

    @Test
    void showsWhatTheTransformMakes() throws Exception {
        Sheet sheet = SampleSheets.images(3, 2);
        float[] before = SampleSheets.vectors(3).get(2);
        assertThat(sheet.rows()).hasSize(3);
        assertThat(sheet.rows().get(2).pictures().get(1).values())
                .containsExactly(TRANSFORM.apply(2, 1, before).values());
        assertThat(sheet.layers())
                .singleElement()
                .satisfies(
                        layer -> {
                            assertThat(layer.name()).isEqualTo("MyDropout");
                            assertThat(layer.threshold()).isEqualTo(7_549_747);
                            assertThat(layer.statistics().masks()).isEqualTo(6);
                        });
        assertThat(sheet.checks()).isEmpty();
    }

    @Test
    void drawsTheFirstRecordsAndCountsThemAll() {
        List<float[]> vectors = java.util.Collections.nCopies(60, new float[10_000]);
        Sheet sheet = SampleSheets.sheet(Optional.empty(), vectors, 2);
        assertThat(sheet.rows()).hasSize(SheetBuilder.MAX_DRAWN / 20_000);
        assertThat(sheet.omitted()).isEqualTo(10);
        assertThat(sheet.layers().get(0).statistics().masks()).isEqualTo(120);
    }

    @Test
    void findsWrittenVectorsToBeWhatTheirProvenanceGives() {
        Sheet sheet = written(SampleSheets.CONFIG);
        assertThat(sheet.checks())
                .containsExactly(
                        new Verdict.Finding(
                                true,
                                "All 40 written vectors are, bit for bit, what their provenance"
                                        + " gives."));
        assertThat(Verdict.of(sheet.layers().get(0).statistics()).isExpected()).isTrue();
    }

    @Test
    void findsVectorsWrittenWithAnotherRate() {
        Sheet sheet = written(DropoutConfig.builder().rate(0.3).seed(42).build());
        assertThat(sheet.checks())
                .containsExactly(
                        new Verdict.Finding(
                                false,
                                "40 of 40 written vectors are not what their provenance gives, the"
                                        + " first of them id 0 step 0."));
        assertThat(Verdict.of(sheet.layers().get(0).statistics()).sentence())
                .contains("not as expected: the kept ratio is 0.6962 instead of 0.9000");
    }

    @Test
    void countsNoElementThatWasZeroBefore() {
        SheetBuilder builder = new SheetBuilder(TRANSFORM, ElementType.FLOAT32, Optional.empty());
        double[] before = {1, 0, 2, -0.0};
        double[] after = {0, 0, 2.2222223f, 0};
        builder.add(
                1L,
                Optional.of(before),
                Optional.of(Shape.vector(4)),
                List.of(new Variant(0, Optional.of(after), false)));
        MaskStatistics statistics =
                builder.build("", "", List.of(), List.of()).layers().get(0).statistics();
        assertThat(statistics.total().trials()).isEqualTo(2);
        assertThat(statistics.total().hits()).isEqualTo(1);
    }

    @Test
    void drawsNoMaskForARecordThatPassesUnchanged() {
        SheetBuilder builder = new SheetBuilder(TRANSFORM, ElementType.FLOAT32, Optional.empty());
        builder.add(
                1L,
                Optional.of(new double[] {1, 2}),
                Optional.of(Shape.vector(2)),
                List.of(new Variant(0, Optional.empty(), true)));
        Sheet sheet = builder.build("", "", List.of(), List.of());
        assertThat(sheet.layers()).isEmpty();
        assertThat(sheet.rows().get(0).pictures().get(0).values()).containsExactly(1, 2);
    }

    /** A sheet of the sample's configuration with records written with another configuration. */
    private static Sheet written(DropoutConfig config) {
        SheetBuilder builder = new SheetBuilder(TRANSFORM, ElementType.FLOAT32, Optional.empty());
        float[] before = new float[500];
        Arrays.fill(before, 3);
        for (long id = 0; id < 10; id++) {
            long record = id;
            builder.add(
                    id,
                    Optional.of(SampleSheets.doubles(before)),
                    Optional.of(Shape.vector(before.length)),
                    LongStream.range(0, 4)
                            .mapToObj(
                                    step ->
                                            new Variant(
                                                    step,
                                                    Optional.of(
                                                            SampleSheets.doubles(
                                                                    config.transform()
                                                                            .apply(
                                                                                    record, step,
                                                                                    before)
                                                                            .values())),
                                                    false))
                            .toList());
        }
        return builder.build("", "", List.of(), List.of());
    }
}
