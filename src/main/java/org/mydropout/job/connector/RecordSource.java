package org.mydropout.job.connector;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Source;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextFormat;

/** Where lines are read from: files, or the values of messages. */
public interface RecordSource {

    /** The format of the lines. */
    TextFormat format();

    /** The columns of CSV lines; empty: lines are JSON. */
    Optional<CsvHeader> header();

    /** What names those columns, as the beginning of a sentence. */
    String headerPlace();

    /** Whether the lines ever end. */
    boolean isBounded();

    /** Whether the lines are values of messages, with keys, headers and timestamps. */
    boolean readsMessages();

    /** The Flink source that reads the lines. */
    Source<SourceRecord, ?, ?> source();

    /**
     * Reads the lines that are there now in this thread, without a cluster: of files one after the
     * other, of topics from their beginnings.
     *
     * @param goesOn is given each line; false to stop
     * @throws IOException if they cannot be read
     */
    void scan(Predicate<SourceRecord> goesOn) throws IOException, InterruptedException;

    /** How many bytes there are to read; empty where that is not known. */
    OptionalLong size();

    /** The same source, but ending at what is there when it starts, where it would not end. */
    RecordSource upToNow();

    /**
     * A sentence about lines that have come since a job read this source, if it reads them as well
     * when it is read again.
     */
    Optional<String> laterLines();

    /** What of the place is not read, and why; empty if all of it is. */
    default String leftOut() {
        return "";
    }

    /** What a person calls it: a path, or topics. */
    String description();
}
