package org.mydropout.job.connector;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;

/** Distinguishes permanent failures of a place from those that a retry may fix. */
@FunctionalInterface
public interface FailureRule extends Serializable {

    /** A full sentence on what failed, where, and why; empty if a retry may fix it. */
    Optional<String> permanent(Exception failure);

    /**
     * Throws a failure again, as a {@link PermanentFailureException} if it is permanent.
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
