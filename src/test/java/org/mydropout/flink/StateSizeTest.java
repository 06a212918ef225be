package org.mydropout.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests for the size of the step counter's state, of which {@link StateSize} measures more. */
class StateSizeTest {

    /** Enough for an id in each key group. */
    private static final long IDS = 2_000;

    /** The key group's byte, a number, the namespace's byte; the step. */
    private static final int CONSECUTIVE = 1 + 8 + 1 + 8;

    /** As above, with a text's length and its characters. */
    private static final int UUIDS = 1 + 1 + 36 + 1 + 8;

    /** The lengths of a key and a value. */
    private static final int SAVEPOINT = 4 + 4;

    /** Sequence number, three lengths; a share of the block's index and of its restart points. */
    private static final int ROCKSDB = 8 + 3 + 1;

    @TempDir private Path directory;

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of(Named.of("consecutive", StateSize.CONSECUTIVE), CONSECUTIVE),
                Arguments.of(Named.of("UUIDs", StateSize.UUIDS), UUIDS));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void savepointHoldsKeyAndStepOfEachIdAndNothingElse(StateSize<?> ids, int size)
            throws Exception {
        assertThat(bytesOfMore(ids, StateSize.SAVEPOINT)).isEqualTo(IDS * (size + SAVEPOINT));
    }

    /** RocksDB compresses them, so they may take less. */
    @ParameterizedTest
    @MethodSource("sizes")
    void rocksDbHoldsKeyAndStepOfEachIdAndLittleElse(StateSize<?> ids, int size) throws Exception {
        assertThat(bytesOfMore(ids, StateSize.CHECKPOINT)).isBetween(1L, IDS * (size + ROCKSDB));
    }

    /** What as many ids again add, so that what every snapshot has does not count. */
    private long bytesOfMore(StateSize<?> ids, SnapshotType snapshot) throws Exception {
        return ids.bytes(2 * IDS, snapshot, directory) - ids.bytes(IDS, snapshot, directory);
    }
}
