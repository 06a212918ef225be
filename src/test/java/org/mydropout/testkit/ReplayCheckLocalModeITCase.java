package org.mydropout.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.Test;

/** Tests for {@link ReplayCheck} in a class without a cluster, where each run starts its own. */
class ReplayCheckLocalModeITCase {

    private static final AtomicLong COUNT = new AtomicLong();

    @Test
    void runsInLocalMode() {
        assertThatThrownBy(
                        () ->
                                ReplayCheck.of(Types.LONG, List.of(1L, 2L))
                                        .check(
                                                inputs ->
                                                        inputs.map(input -> COUNT.getAndIncrement())
                                                                .uid("count")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("STREAMING, parallelism 1, run again: 2 records");
    }
}
