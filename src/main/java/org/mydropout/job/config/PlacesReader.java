package org.mydropout.job.config;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.config.SelectionOptions.SplitTo;
import org.mydropout.job.connector.Connector;
import org.mydropout.job.connector.Places;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.TextFormat;

/** Reads the source and the sinks of a job, each with the connector that the options name. */
final class PlacesReader {

    private static final String CONNECTORS = OptionReader.oneOf(Connectors.class);
    private static final String FORMATS = OptionReader.oneOf(TextFormat.class);

    private final OptionReader options;

    PlacesReader(OptionReader options) {
        this.options = options;
    }

    /** The places of a job before it runs. */
    Places places() {
        return read(deadLetter());
    }

    /** The source and the sink of a finished job, without its dead letters. */
    Places writtenPlaces() {
        return read(Optional.empty());
    }

    private Places read(Optional<RecordSink> deadLetter) {
        Places places = new Places(source(), sink(), deadLetter);
        Connectors.all().forEach(connector -> connector.checkApart(options, places));
        return places;
    }

    /** The sink with a place for each part of a split, if there are such places. */
    private Optional<RecordSink> split(RecordSink sink) {
        SelectionReader selection = new SelectionReader(options);
        if (!selection.hasPlaces()) {
            return Optional.of(sink);
        }
        List<String> parts =
                selection.shares().map(shares -> List.copyOf(shares.keySet())).orElse(List.of());
        Optional<RecordSink> split = sink.split(parts);
        if (split.isEmpty()) {
            options.problem(
                    "split.to must be field where sink.connector is %s, which has no directory for each part, but is %s."
                            .formatted(
                                    options.readable(JobOptions.SINK_CONNECTOR).orElseThrow(),
                                    SplitTo.SINKS));
        }
        return split;
    }

    /** The source; empty if there is a problem. */
    Optional<RecordSource> source() {
        Optional<TextFormat> format = options.required(JobOptions.SOURCE_FORMAT, FORMATS);
        Optional<TextFormat> sinkFormat = options.optional(JobOptions.SINK_FORMAT, FORMATS);
        if (format.isPresent() && sinkFormat.isPresent() && !sinkFormat.equals(format)) {
            options.mustBe(
                    JobOptions.SINK_FORMAT,
                    "the source's, %s, since every other field passes untouched"
                            .formatted(format.get()),
                    sinkFormat.get());
        }
        return place(
                "source",
                JobOptions.SOURCE_CONNECTOR,
                connector -> connector.source(options, format));
    }

    private Optional<RecordSink> deadLetter() {
        if (options.isSet(JobOptions.DEAD_LETTER_CONNECTOR)) {
            return sink("dead-letter", JobOptions.DEAD_LETTER_CONNECTOR);
        }
        new TreeSet<>(options.toMap().keySet())
                .stream()
                        .filter(key -> key.startsWith("dead-letter."))
                        .filter(KnownOptions::isKnown)
                        .findFirst()
                        .ifPresent(
                                key ->
                                        options.problem(
                                                "%s must be set to %s where %s is set."
                                                        .formatted(
                                                                JobOptions.DEAD_LETTER_CONNECTOR
                                                                        .key(),
                                                                CONNECTORS,
                                                                key)));
        return Optional.empty();
    }

    /** Reads the sink alone, with a place for each part of a split if there is one. */
    Optional<RecordSink> sink() {
        return sink("sink", JobOptions.SINK_CONNECTOR).flatMap(this::split);
    }

    private Optional<RecordSink> sink(String prefix, ConfigOption<Connectors> option) {
        return place(prefix, option, connector -> connector.sink(options, prefix));
    }

    /** The place, if it has no problem. */
    private <P> Optional<P> place(
            String prefix,
            ConfigOption<Connectors> option,
            Function<Connector, Optional<? extends P>> reader) {
        Optional<Connectors> named = options.required(option, CONNECTORS);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        int before = options.problems().size();
        Connector connector = named.get().get();
        KnownOptions.checkOwner(options, prefix, connector);
        Optional<? extends P> place = reader.apply(connector);
        return options.problems().size() == before ? place.map(p -> p) : Optional.empty();
    }
}
