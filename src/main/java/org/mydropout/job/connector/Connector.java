package org.mydropout.job.connector;

import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.mydropout.flink.OptionReader;
import org.mydropout.job.text.TextFormat;

/**
 * A system that records are read from and written to. Each is a package of its own, and one line in
 * the list of {@link org.mydropout.job.config}.
 *
 * <p>Every method that is given an {@link OptionReader} keeps a sentence there for each problem.
 */
public interface Connector {

    /** What {@code source.connector}, {@code sink.connector} and the like call it. */
    String name();

    /** Its options, below {@code source.}, {@code sink.} and {@code dead-letter.}. */
    List<ConfigOption<?>> options();

    /**
     * Whether a key is none of {@link #options} and yet an option, such as one of a client that the
     * connector uses. Flink logs and shows its configuration, so such keys are kept out of it:
     * their values may be secrets.
     */
    default boolean isClientOption(String key) {
        return false;
    }

    /** Whether the value of such a key is a secret, in a job file or in a script of SQL. */
    default boolean isSecret(String key) {
        return false;
    }

    /**
     * Reads the options of a source.
     *
     * @param format the format of its lines; empty if that is wrong
     * @return empty if anything is wrong with it
     */
    Optional<? extends RecordSource> source(OptionReader options, Optional<TextFormat> format);

    /**
     * Reads the options of a sink.
     *
     * @param prefix {@code sink} or {@code dead-letter}
     * @return empty if anything is wrong with it
     */
    Optional<? extends RecordSink> sink(OptionReader options, String prefix);

    /** Checks what its sources and sinks among the places must not have in common. */
    void checkApart(OptionReader options, Places places);

    /**
     * Looks, before a job starts, whether its sources and sinks among the places can do their work.
     * Nothing stays written, and nothing is deleted.
     */
    void checkStart(OptionReader options, Places places, RunMode mode) throws InterruptedException;

    /**
     * Looks whether its source and sink among the places of a job that has run can be read, and
     * whether its source gives the same once more.
     */
    void checkWritten(OptionReader options, Places places) throws InterruptedException;
}
