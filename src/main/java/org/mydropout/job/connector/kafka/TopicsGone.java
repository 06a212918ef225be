package org.mydropout.job.connector.kafka;

import java.util.Set;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a reader that topics do not exist any more.
 *
 * @param topics their names
 */
record TopicsGone(Set<String> topics) implements SourceEvent {
    private static final long serialVersionUID = 1L;

    /** Copies the names. */
    TopicsGone {
        topics = Set.copyOf(topics);
    }
}
