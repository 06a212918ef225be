package org.mydropout.job.connector;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordEncoder;
import org.mydropout.job.text.TextFormat;

/** Where lines are written to: files, or the values of messages. */
public interface RecordSink {

    /**
     * The Flink sink that writes one line for each value.
     *
     * @param format what the lines are
     * @param header the columns of CSV lines
     * @param encoder how a value is written
     */
    <T> Sink<T> sink(TextFormat format, Optional<CsvHeader> header, RecordEncoder<T> encoder);

    /** A source of everything that has been written there, up to now. */
    RecordSource written(TextFormat format, Optional<CsvHeader> header);

    /**
     * Looks at what has been written there.
     *
     * @param belowHeader whether lines of files have a header above them
     * @param test whether a record is one to return
     * @return a record that is among the first of those; empty if there is none
     * @throws IOException if it cannot be read
     */
    Optional<WrittenRecord> first(boolean belowHeader, Predicate<byte[]> test)
            throws IOException, InterruptedException;

    /**
     * Whether a value is written as a message, with the key, headers and timestamp that it came
     * with; otherwise as a line, which has none of them and may hold no line end.
     */
    boolean writesMessages();

    /** Whether what is written, in a stream, is only safe or only visible after a checkpoint. */
    boolean needsCheckpoints();

    /** What a failure that the job recovered from has done to the output, without a full stop. */
    String afterFailure();

    /**
     * What a job has left there that failed, as a full sentence; empty if that is nothing.
     *
     * @param prefix of the sink's options
     */
    Optional<String> leftBehind(String prefix);

    /** What is there already and is to go when a new output comes, as of this moment. */
    EarlierOutput earlierOutput() throws IOException;

    /** Makes the place where it does not exist yet, so that an empty output is there, too. */
    default void create() throws IOException {}

    /** An output that another takes the place of. */
    @FunctionalInterface
    interface EarlierOutput {
        /** Nothing to take the place of. */
        EarlierOutput NONE = () -> {};

        /** Takes it away, and nothing that has come since. */
        void delete() throws IOException;
    }

    /** What a person calls it: a path, or a topic. */
    String description();
}
