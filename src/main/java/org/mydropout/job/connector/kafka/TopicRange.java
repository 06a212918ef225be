package org.mydropout.job.connector.kafka;

import java.util.Optional;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/**
 * The range of offsets that is read.
 *
 * @param start where reading starts
 * @param end where reading ends; empty: never
 * @param endsAtLatest whether the end is the end of the topic when reading starts
 */
record TopicRange(
        OffsetsInitializer start, Optional<OffsetsInitializer> end, boolean endsAtLatest) {

    /** From a start, without an end. */
    static TopicRange from(OffsetsInitializer start) {
        return new TopicRange(start, Optional.empty(), false);
    }

    /** From a start to an end that does not depend on when reading starts. */
    static TopicRange between(OffsetsInitializer start, OffsetsInitializer end) {
        return new TopicRange(start, Optional.of(end), false);
    }

    /** From the same start to the end of the topic when reading starts. */
    TopicRange toLatest() {
        return new TopicRange(start, Optional.of(OffsetsInitializer.latest()), true);
    }
}
