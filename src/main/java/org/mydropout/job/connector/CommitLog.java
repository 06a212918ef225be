package org.mydropout.job.connector;

import java.io.IOException;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A log, kept beside an output, of the snapshots up to which the output is final. A job that
 * continues from an earlier snapshot would write the lines since then twice.
 */
public interface CommitLog extends Serializable {

    /**
     * An output is final up to a snapshot.
     *
     * @param job the id of the job that wrote it, in hexadecimal
     * @param snapshot the number of a checkpoint, or of the savepoint with which the job was
     *     stopped or from which it continues
     */
    record Commit(String job, long snapshot) {}

    /** Adds a commit, and removes earlier ones. Each subtask does so by itself. */
    void add(Commit commit) throws IOException;

    /**
     * Adds the snapshot from which a job continues, or restarts. Keeps the commits of earlier jobs:
     * the snapshot is one of theirs, and is the newest until this job has its own.
     */
    void addRestored(Commit commit) throws IOException;

    /**
     * Returns the latest commits. They are of several jobs if one continued from a snapshot of
     * another.
     */
    Collection<Commit> commits() throws IOException;

    /** Returns the commit with the highest number; empty if there is no commit. */
    static Optional<Commit> last(Collection<Commit> commits) {
        return commits.stream().max(Comparator.comparingLong(Commit::snapshot));
    }

    /** Returns the ids of the jobs that have committed. */
    static Set<String> jobs(Collection<Commit> commits) {
        return commits.stream().map(Commit::job).collect(Collectors.toSet());
    }
}
