package org.mydropout.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens subtasks of {@link DropoutMapFunction} on keyed streams, and closes them after each test.
 */
final class KeyedSubtasks implements AfterEachCallback {

    private static final int MAX_PARALLELISM = 16;

    private final List<Subtask> opened = new ArrayList<>();

    enum Backend {
        HEAP,
        ROCKSDB;

        StateBackend create() {
            return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (Subtask subtask : opened) {
            subtask.harness.close();
        }
        opened.clear();
    }

    static float[] values(float first) {
        float[] values = new float[32];
        for (int i = 0; i < values.length; i++) {
            values[i] = first + i;
        }
        return values;
    }

    Subtask open(Backend backend, DropoutConfigBuilder config) throws Exception {
        return restore(backend, config, OperatorSubtaskState.builder().build());
    }

    Subtask restore(Backend backend, DropoutConfigBuilder config, OperatorSubtaskState snapshot)
            throws Exception {
        return restore(backend, config, snapshot, 1, 1, 0);
    }

    Subtask restore(
            Backend backend,
            DropoutConfigBuilder config,
            OperatorSubtaskState snapshot,
            int oldParallelism,
            int parallelism,
            int index)
            throws Exception {
        DropoutMapFunction<FeatureVector> function =
                new DropoutMapFunction<>(config.build(), FeatureVector.ACCESSOR);
        KeyedOneInputStreamOperatorTestHarness<Long, FeatureVector, FeatureVector> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new StreamMap<>(function),
                        FeatureVector::id,
                        Types.LONG,
                        MAX_PARALLELISM,
                        parallelism,
                        index);
        Subtask subtask = new Subtask(function, harness, parallelism, index);
        opened.add(subtask);
        harness.setStateBackend(backend.create());
        harness.setup(new FeatureVectorSerializer());
        harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        snapshot, MAX_PARALLELISM, oldParallelism, parallelism, index));
        harness.open();
        return subtask;
    }

    record Subtask(
            DropoutMapFunction<FeatureVector> function,
            KeyedOneInputStreamOperatorTestHarness<Long, FeatureVector, FeatureVector> harness,
            int parallelism,
            int index) {

        List<FeatureVector> process(FeatureVector... vectors) throws Exception {
            harness.getOutput().clear();
            for (FeatureVector vector : vectors) {
                harness.processElement(vector, 0);
            }
            return harness.extractOutputValues();
        }

        FeatureVector process(long id, long step) throws Exception {
            return process(new FeatureVector(id, step, values(1))).get(0);
        }

        /** The steps of the output records for inputs with these ids, in order. */
        List<Long> stepsOf(long... ids) throws Exception {
            return process(
                            LongStream.of(ids)
                                    .mapToObj(id -> new FeatureVector(id, 0, values(1)))
                                    .toArray(FeatureVector[]::new))
                    .stream()
                    .map(FeatureVector::step)
                    .toList();
        }

        /** The number of values in the state backend, including expired ones. */
        int stateEntries() {
            return ((TestableKeyedStateBackend<?>) stateBackend()).numKeyValueStateEntries();
        }

        /** Makes RocksDB rewrite the files of a state. */
        void compact(String stateName) throws Exception {
            ((RocksDBKeyedStateBackend<?>) stateBackend())
                    .compactState(new ValueStateDescriptor<>(stateName, Types.LONG));
        }

        private KeyedStateBackend<?> stateBackend() {
            return ((StreamMap<?, ?>) harness.getOperator()).getKeyedStateBackend();
        }

        /** The ids whose keys belong to this subtask. */
        long[] ownOf(long... ids) {
            return LongStream.of(ids)
                    .filter(
                            id ->
                                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                                    id, MAX_PARALLELISM, parallelism)
                                            == index)
                    .toArray();
        }
    }
}
