package org.mydropout.job.connector;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/**
 * What an output says of the last snapshot that it was made final up to. A job that goes on from an
 * earlier one would write the lines since then once more.
 */
public interface CommitLog extends Serializable {

    /**
     * What was made final.
     *
     * @param job the id of the job, in hexadecimal
     * @param checkpoint the number of its checkpoint, or of the savepoint that it was stopped with
     */
    record Commit(String job, long checkpoint) {}

    /** Notes that the output is final up to a snapshot. Every subtask does so by itself. */
    void add(Commit commit) throws IOException;

    /** What has been noted last; empty if nothing has. */
    Optional<Commit> last() throws IOException;
}
