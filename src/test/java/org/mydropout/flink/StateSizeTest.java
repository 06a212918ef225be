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

/** Tests for the size of the step counter's state, as {@link StateSize} measures it. */
class StateSizeTest {

    /** Enough for an id in each key group. */
    private static final long IDS = 2_000;

    /** A byte for the key group, a number, a byte for the namespace; and the step. */
    private static final int CONSECUTIVE = 1 + 8 + 1 + 8;

    /** The same, with the length and the characters of a string instead of the number. */
    private static final int UUIDS = 1 + 1 + 36 + 1 + 8;

    /** The lengths of a key and a value. */
    private static final int SAVEPOINT = 4 + 4;

    /** A sequence number and three lengths; and a share of the block's index and restart points. */
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

    /** An upper bound, because RocksDB compresses checkpoints. */
    @ParameterizedTest
    @MethodSource("sizes")
    void rocksDbHoldsKeyAndStepOfEachIdAndLittleElse(StateSize<?> ids, int size) throws Exception {
        assertThat(bytesOfMore(ids, StateSize.CHECKPOINT)).isBetween(1L, IDS * (size + ROCKSDB));
    }

    /** The bytes that twice the ids add, so that the fixed part of a snapshot does not count. */
    private long bytesOfMore(StateSize<?> ids, SnapshotType snapshot) throws Exception {
        return ids.bytes(2 * IDS, snapshot, directory) - ids.bytes(IDS, snapshot, directory);
    }
}
