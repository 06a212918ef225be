package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.flink.DropoutMapFunction;
import org.mydropout.testkit.ReplayCheck;

/** Tests with the testkit that the augmentation is replayable. */
class ReplayCheckTest {

    @Test
    @DisplayName("ReplayCheck")
    void augmentationIsReplayable() throws Exception {
        DropoutConfig config = DropoutConfig.builder().rate(Flax.RATE).seed(Flax.SEED).build();

        List<Reading> output =
                ReplayCheck.of(TypeInformation.of(Reading.class), Flax.input())
                        .check(
                                input ->
                                        input.keyBy(Reading::sensor)
                                                .map(
                                                        new DropoutMapFunction<>(
                                                                config, new Reading.Accessor()))
                                                .uid("dropout"));

        assertThat(Flax.bits(output)).isEqualTo(Flax.bits(Flax.output()));
    }
}
