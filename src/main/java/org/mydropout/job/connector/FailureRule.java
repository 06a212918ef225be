package org.mydropout.job.connector;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** Tells the failures of a place that no retry can heal from those that one may. */
@FunctionalInterface
public interface FailureRule extends Serializable {

    /** What failed, where, and why, as a full sentence; empty if a retry may heal it. */
    Optional<String> permanent(Exception failure);

    /**
     * Throws a failure on, as a {@link PermanentFailureException} if it is one.
     *
     * @return never
     */
    default IOException rethrow(Exception failure) throws IOException {
        Optional<String> sentence = permanent(failure);
        if (sentence.isPresent()) {
            throw new PermanentFailureException(sentence.get(), failure);
        }
        if (failure instanceof IOException io) {
            throw io;
        }
        throw (RuntimeException) failure;
    }
}
