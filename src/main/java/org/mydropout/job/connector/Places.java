package org.mydropout.job.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the records of a job come from and go to; empty what a job has not, or what is wrong with
 * its options.
 *
 * @param source where records come from
 * @param sink where records go
 * @param deadLetter where lines go that cannot be decoded
 */
public record Places(
        Optional<RecordSource> source, Optional<RecordSink> sink, Optional<RecordSink> deadLetter) {

    /** The source if it is of a class. */
    public <S extends RecordSource> Optional<S> source(Class<S> type) {
        return source.filter(type::isInstance).map(type::cast);
    }

    /** The sinks of a class by the prefix of their options, {@code sink} before the other. */
    public <S extends RecordSink> Map<String, S> sinks(Class<S> type) {
        Map<String, S> sinks = new LinkedHashMap<>();
        sink.filter(type::isInstance).ifPresent(to -> sinks.put("sink", type.cast(to)));
        deadLetter
                .filter(type::isInstance)
                .ifPresent(to -> sinks.put("dead-letter", type.cast(to)));
        return sinks;
    }
}
