package org.mydropout.flink;

import java.time.Duration;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** The keyed state of a {@link DropoutMapFunction}, with its time to live. */
final class DropoutState {

    private final RuntimeContext context;
    private final DropoutConfig config;

    DropoutState(RuntimeContext context, DropoutConfig config) {
        this.context = context;
        this.config = config;
    }

    /**
     * A value per key.
     *
     * @param name the name of the state in savepoints
     * @throws IllegalStateException if the stream is not keyed
     */
    ValueState<Long> of(String name) {
        ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>(name, Types.LONG);
        config.stepTtl().ifPresent(ttl -> descriptor.enableTimeToLive(timeToLive(ttl)));
        try {
            return context.getState(descriptor);
        } catch (NullPointerException e) {
            // StreamingRuntimeContext throws it when the stream is not keyed.
            throw new IllegalStateException(
                    "The stream must be keyed by the id, with keyBy, when dropout.step-from is"
                            + " counter or dropout.key-reuse is count or fail, but it is not"
                            + " keyed: dropout.step-from is "
                            + config.stepFrom()
                            + " and dropout.key-reuse is "
                            + config.keyReuse()
                            + ".",
                    e);
        }
    }

    /**
     * Flink's default cleanup removes a few expired entries from the heap with each access, and
     * from RocksDB when it compacts. Canonical savepoints leave out all expired entries.
     */
    private static StateTtlConfig timeToLive(Duration ttl) {
        return StateTtlConfig.newBuilder(ttl).cleanupFullSnapshot().build();
    }
}
