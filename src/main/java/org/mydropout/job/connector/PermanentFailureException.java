package org.mydropout.job.connector;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Thrown for a failure that would repeat. Flink fails the job at once, whatever its restart
 * strategy.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class PermanentFailureException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * @param sentence what failed, where, and why
     */
    public PermanentFailureException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
