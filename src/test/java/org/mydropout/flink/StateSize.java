package org.mydropout.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.FileUtils;
import org.mydropout.kernel.flax.IdType;

/**
 * Measures the size of the step counter's state on RocksDB: the bytes of a snapshot after two
 * records of each id. For checkpoints with two million ids:
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec@test -Dmain="org.mydropout.flink.StateSize 2000000"
 * }</pre>
 *
 * @param type the type of the ids, which are also the records
 * @param idType the id type of the dropout
 * @param ids gives the id with a number
 */
record StateSize<K>(TypeInformation<K> type, IdType idType, LongFunction<K> ids) {

    /** A checkpoint: RocksDB's own files, which RocksDB compresses. */
    static final SnapshotType CHECKPOINT = CheckpointType.CHECKPOINT;

    /** A canonical savepoint: each key and value with its length, without compression. */
    static final SnapshotType SAVEPOINT = SavepointType.savepoint(SavepointFormatType.CANONICAL);

    static final StateSize<Long> CONSECUTIVE =
            new StateSize<>(Types.LONG, IdType.UINT32, number -> number);

    /** Strings of 36 characters without any order or common prefix. */
    static final StateSize<String> UUIDS =
            new StateSize<>(
                    Types.STRING,
                    IdType.STRING,
                    number -> new UUID(mixed(number), mixed(~number)).toString());

    private static final int RECORDS_PER_ID = 2;

    public static void main(String[] arguments) throws Exception {
        long number = Long.parseLong(arguments[0]);
        Path directory = Files.createTempDirectory("state-size");
        print("consecutive numbers", CONSECUTIVE.measure(number, CHECKPOINT, directory));
        print("UUIDs", UUIDS.measure(number, CHECKPOINT, directory));
        FileUtils.deleteDirectory(directory.toFile());
    }

    private static void print(String ids, Measured measured) {
        System.out.printf(
                "%s: %.1f bytes an id, %.1f s to write, %.1f s to restore%n",
                ids,
                (double) measured.bytes() / measured.ids(),
                measured.secondsToWrite(),
                measured.secondsToRestore());
    }

    /** A snapshot of so many ids. */
    record Measured(long ids, long bytes, double secondsToWrite, double secondsToRestore) {}

    /**
     * The size of a snapshot.
     *
     * @param number the number of ids
     * @param directory the directory of the snapshot
     */
    long bytes(long number, SnapshotType snapshot, Path directory) throws Exception {
        return measure(number, snapshot, directory).bytes();
    }

    @SuppressWarnings("try") // closing the subtask may be interrupted
    private Measured measure(long number, SnapshotType snapshot, Path directory) throws Exception {
        OperatorSubtaskState state;
        double secondsToWrite;
        try (var subtask = subtask(directory)) {
            subtask.open();
            for (int record = 0; record < RECORDS_PER_ID; record++) {
                for (long i = 0; i < number; i++) {
                    subtask.processElement(ids.apply(i), 0);
                    subtask.getOutput().clear();
                }
            }
            long start = System.nanoTime();
            state = subtask.snapshotWithLocalState(1, 1, snapshot).getJobManagerOwnedState();
            secondsToWrite = secondsSince(start);
        }
        try (var subtask = subtask(directory)) {
            long start = System.nanoTime();
            subtask.initializeState(state);
            subtask.open();
            return new Measured(number, state.getStateSize(), secondsToWrite, secondsSince(start));
        }
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private KeyedOneInputStreamOperatorTestHarness<K, K, K> subtask(Path directory)
            throws Exception {
        DropoutConfig config =
                DropoutConfig.builder()
                        .rate(0.5)
                        .seed(42)
                        .idType(idType)
                        .stepFrom(StepSource.COUNTER)
                        .build();
        KeyedOneInputStreamOperatorTestHarness<K, K, K> subtask =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new StreamMap<>(new DropoutMapFunction<>(config, new Ids<K>())),
                        id -> id,
                        type,
                        128,
                        1,
                        0);
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.getMemoryConfiguration()
                .setUseManagedMemory(false); // a harness has very little memory
        subtask.setStateBackend(backend);
        subtask.setCheckpointStorage(new FileSystemCheckpointStorage(directory.toUri()));
        subtask.setup(type.createSerializer(new SerializerConfigImpl()));
        return subtask;
    }

    /** SplitMix64's finalizer, a bijection that looks random. */
    private static long mixed(long number) {
        long mixed = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** Records that consist of their ids. */
    private record Ids<K>() implements RecordAccessor<K> {
        private static final float[] EMPTY = {};

        @Override
        public long id(K id) {
            return (Long) id;
        }

        @Override
        public String stringId(K id) {
            return (String) id;
        }

        @Override
        public long step(K id) {
            return 0;
        }

        @Override
        public float[] vector(K id) {
            return EMPTY;
        }

        @Override
        public K withVector(K id, long step, float[] vector) {
            return id;
        }
    }
}
