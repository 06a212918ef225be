package org.mydropout.job.connector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The source and the sinks of a job. One is empty if the job lacks it or its options are invalid.
 *
 * @param source where records come from
 * @param sink where records go
 * @param deadLetter where lines that cannot be decoded go
 */
public record Places(
        Optional<RecordSource> source, Optional<RecordSink> sink, Optional<RecordSink> deadLetter) {

    /** The source, if it is of the given class. */
    public <S extends RecordSource> Optional<S> source(Class<S> type) {
        return source.filter(type::isInstance).map(type::cast);
    }

    /** The sinks of the given class by option prefix, {@code sink} before {@code dead-letter}. */
    public <S extends RecordSink> Map<String, S> sinks(Class<S> type) {
        Map<String, S> sinks = new LinkedHashMap<>();
        sink.filter(type::isInstance).ifPresent(to -> sinks.put("sink", type.cast(to)));
        deadLetter
                .filter(type::isInstance)
                .ifPresent(to -> sinks.put("dead-letter", type.cast(to)));
        return sinks;
    }
}
