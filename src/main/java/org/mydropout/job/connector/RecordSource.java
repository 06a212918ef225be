package org.mydropout.job.connector;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.flink.api.connector.source.Source;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextFormat;

/** A source of lines: files, or messages whose values are lines. */
public interface RecordSource {

    /** The format of the lines. */
    TextFormat format();

    /** The columns of CSV lines; empty: lines are JSON. */
    Optional<CsvHeader> header();

    /** The place that names these columns, as the beginning of a sentence. */
    String headerPlace();

    /** Whether the source ends. */
    boolean isBounded();

    /** Whether the lines are the values of messages, with keys, headers and timestamps. */
    boolean readsMessages();

    /** The Flink source that reads the lines. */
    Source<SourceRecord, ?, ?> source();

    /**
     * Reads the existing lines in this thread, without a cluster: files one after the other, topics
     * from their beginnings.
     *
     * @param goesOn receives each line; returns false to stop
     * @throws IOException if they cannot be read
     */
    void scan(Predicate<SourceRecord> goesOn) throws IOException, InterruptedException;

    /** The number of bytes to read; empty if unknown. */
    OptionalLong size();

    /**
     * Compares the bytes that a job has read with those that are there now, in words that follow
     * their number.
     *
     * @param read how many bytes it has read
     * @return empty if it is not known what is there
     */
    default String account(long read) {
        return "";
    }

    /** The same source. If it is unbounded, it ends at what exists when it starts. */
    RecordSource upToNow();

    /**
     * A sentence about lines that arrived after the job had read this source, if a second read
     * includes them.
     */
    Optional<String> laterLines();

    /** The parts of the place that are not read, and why; empty if everything is read. */
    default String leftOut() {
        return "";
    }

    /** The name for people: a path, or topics. */
    String description();
}
