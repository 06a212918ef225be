package org.mydropout.job.connector;

import java.util.Optional;
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

    /** Whether the lines ever end. */
    boolean isBounded();

    /** The Flink source that reads the lines. */
    Source<SourceRecord, ?, ?> source();

    /** The same source, but ending at what is there when it starts, where it would not end. */
    RecordSource upToNow();

    /** Whether it ends in the same place whenever it is read, whatever has been added since. */
    boolean endsTheSame();

    /** What a person calls it: a path, or topics. */
    String description();
}
