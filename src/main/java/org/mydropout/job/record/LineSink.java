package org.mydropout.job.record;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Sink;

/** Where lines are written to: files, or the values of messages. */
public interface LineSink {

    /**
     * The Flink sink that writes one line for each value.
     *
     * @param format what the lines are
     * @param header the columns of CSV lines
     * @param encoder how a value is written
     */
    <T extends Enveloped> Sink<T> sink(
            Format format, Optional<CsvHeader> header, LineEncoder<T> encoder);

    /** A source of everything that has been written there, up to now. */
    LineSource written(Format format, Optional<CsvHeader> header);

    /** Whether line ends separate the values there, so that none may hold one. */
    boolean separatesByLineEnds();

    /** Whether what is written, in a stream, is only safe or only visible after a checkpoint. */
    boolean needsCheckpoints();

    /** Makes place for the output of a job that is about to start. */
    void prepare() throws IOException;

    /** What a person calls it: a path, or a topic. */
    String description();
}
