package org.mydropout.job.connector;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.flink.api.connector.sink2.Sink;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordEncoder;
import org.mydropout.job.text.TextFormat;

/** A sink of lines: files, or messages whose values are lines. */
public interface RecordSink {

    /**
     * The Flink sink that writes one line for each value.
     *
     * @param format the format of the lines
     * @param header the columns of CSV lines
     * @param encoder how a value is written
     */
    <T> Sink<T> sink(TextFormat format, Optional<CsvHeader> header, RecordEncoder<T> encoder);

    /**
     * The same place, where each part of a split has a place of its own below it; empty if there
     * can be none.
     *
     * @param parts the names of the parts
     */
    default Optional<RecordSink> split(List<String> parts) {
        return Optional.empty();
    }

    /**
     * The directory below which the parts of a split have theirs, with a slash at its end; empty if
     * the sink has none.
     */
    default Optional<String> directory() {
        return Optional.empty();
    }

    /** A source of everything that has been written there, up to now. */
    RecordSource written(TextFormat format, Optional<CsvHeader> header);

    /**
     * The first header line of CSV that has been written; empty if there is none, as in messages.
     *
     * @throws IOException if it cannot be read
     */
    default Optional<byte[]> writtenHeader(CsvDialect dialect) throws IOException {
        return Optional.empty();
    }

    /**
     * Finds a record in what has been written.
     *
     * @param header the columns of CSV lines
     * @param test whether to return a record
     * @return one of the first records that pass the test; empty if there is none
     * @throws IOException if it cannot be read
     */
    Optional<WrittenRecord> first(Optional<CsvHeader> header, Predicate<byte[]> test)
            throws IOException, InterruptedException;

    /**
     * Whether values are written as messages, with the key, headers and timestamp of their input.
     * Otherwise they are written as lines, which have none of these and cannot contain a line end.
     */
    boolean writesMessages();

    /** Whether a stream's output is safe or visible only after a checkpoint. */
    boolean needsCheckpoints();

    /** The log of the snapshots up to which the output is final; empty if there is none. */
    default Optional<CommitLog> commitLog() {
        return Optional.empty();
    }

    /**
     * Whether it holds output, but none that is final.
     *
     * @throws IOException if it cannot be read
     */
    default boolean isUnfinished() throws IOException {
        return false;
    }

    /**
     * The state of the output after a failure that the job recovered from, as a sentence without a
     * full stop.
     */
    String afterFailure();

    /**
     * What a failed job has left in the sink, as a full sentence; empty if it has left nothing.
     *
     * @param prefix the prefix of the sink's options
     */
    Optional<String> leftBehind(String prefix);

    /** The earlier output at this moment, which a new output replaces. */
    EarlierOutput earlierOutput() throws IOException;

    /** Creates the place if it does not exist, so that an empty output exists as well. */
    default void create() throws IOException {}

    /** An output that a new one replaces. */
    @FunctionalInterface
    interface EarlierOutput {
        /** There is no earlier output. */
        EarlierOutput NONE = () -> {};

        /** Deletes the earlier output, but nothing that was written since. */
        void delete() throws IOException;
    }

    /** The name for people: a path, or a topic. */
    String description();
}
