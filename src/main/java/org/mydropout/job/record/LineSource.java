package org.mydropout.job.record;

import java.util.Optional;
import org.apache.flink.api.connector.source.Source;

/** Where lines are read from: files, or the values of messages. */
public interface LineSource {

    /** The format of the lines. */
    Format format();

    /** The columns of CSV lines; empty: lines are JSON. */
    Optional<CsvHeader> header();

    /** Whether the lines ever end. */
    boolean isBounded();

    /** The Flink source that reads the lines. */
    Source<SourceLine, ?, ?> source();

    /** The same source, but ending at what is there when it starts, where it would not end. */
    LineSource upToNow();

    /** Whether it ends in the same place whenever it is read, whatever has been added since. */
    boolean endsTheSame();

    /** What a person calls it: a path, or topics. */
    String description();
}
