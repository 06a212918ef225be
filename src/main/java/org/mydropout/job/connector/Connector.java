package org.mydropout.job.connector;

import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.text.TextFormat;

/**
 * A system that records are read from and written to. Each connector is a package and one line in
 * the list of {@link org.mydropout.job.config}.
 *
 * <p>Methods with an {@link OptionReader} add each problem to it.
 */
public interface Connector {

    /**
     * The value of {@code source.connector}, {@code sink.connector} and {@code
     * dead-letter.connector}.
     */
    String name();

    /** The options below {@code source.}, {@code sink.} and {@code dead-letter.}. */
    List<ConfigOption<?>> options();

    /**
     * Whether a key that is not in {@link #options} is an option of a client that the connector
     * uses. Its value may be a secret, so it is kept out of Flink's configuration, which Flink logs
     * and shows.
     */
    default boolean isClientOption(String key) {
        return false;
    }

    /** Whether the value of such a key is a secret, in a job file or in an SQL script. */
    default boolean isSecret(String key) {
        return false;
    }

    /**
     * Reads the options of a source.
     *
     * @param format the format of the lines; empty if it is invalid
     * @return empty if there is a problem
     */
    Optional<? extends RecordSource> source(OptionReader options, Optional<TextFormat> format);

    /**
     * Reads the options of a sink.
     *
     * @param prefix {@code sink} or {@code dead-letter}
     * @return empty if there is a problem
     */
    Optional<? extends RecordSink> sink(OptionReader options, String prefix);

    /** Checks that the connector's sources and sinks among the places do not overlap. */
    void checkApart(OptionReader options, Places places);

    /**
     * Checks before a job starts that the connector's sources and sinks among the places can be
     * used. Leaves nothing behind and deletes nothing.
     */
    void checkStart(OptionReader options, Places places, RunMode mode) throws InterruptedException;

    /**
     * Checks that the source and sink of a finished job, if they are of this connector, can be
     * read, and that the source gives the same records again.
     */
    void checkWritten(OptionReader options, Places places) throws InterruptedException;
}
