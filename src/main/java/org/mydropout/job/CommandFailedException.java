package org.mydropout.job;

import java.io.Serial;

/** Thrown if a command fails, with a full sentence and the exit status. */
final class CommandFailedException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final int status;

    CommandFailedException(int status, String sentence, Throwable cause) {
        super(sentence, cause);
        this.status = status;
    }

    /** The exit status. */
    int status() {
        return status;
    }
}
