package org.mydropout.cluster;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A job whose processes a test disturbs. Its input is slow, and has no end, until it is released.
 */
interface ChaosJob {

    /**
     * Writes the job file.
     *
     * @param options further lines of the file
     * @return the argument for the command line
     */
    String file(String... options) throws IOException;

    /** Lets the job read the input at full speed, to its end. */
    void release() throws IOException;

    boolean isReleased();

    /** Keeps a job that is stopped from ending, until {@link #endStop}, if the source can. */
    void holdStop() throws IOException;

    void endStop() throws IOException;

    /**
     * The arguments that let a job continue from the newest snapshot of earlier jobs.
     *
     * @param jobs the ids of these jobs
     */
    List<String> resumption(List<String> jobs) throws IOException;

    /** The broker that the job needs; empty if it needs none. */
    Optional<BrokerProcess> broker();

    /** Whether some output is final. */
    boolean hasOutput() throws IOException;

    /** The final output lines, sorted. */
    List<String> sortedOutput() throws Exception;

    /** The lines that are no records, as the final dead letters hold them, sorted. */
    List<String> sortedDeadLetters() throws Exception;
}
