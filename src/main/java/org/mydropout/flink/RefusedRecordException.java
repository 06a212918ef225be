package org.mydropout.flink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Thrown for a record to which dropout cannot be applied: its id, step or vector is invalid, its
 * step counter is exhausted, or its key may have been used before and reuse is forbidden.
 *
 * <p>It fails the job for good, whatever the restart strategy (Flink: {@code ThrowableClassifier}):
 * the same record would come again after a restart.
 */
@PublicEvolving
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class RefusedRecordException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence that names the rule and the value
     */
    public RefusedRecordException(String message) {
        super(message);
    }

    /**
     * @param message a sentence that names the rule and the value
     * @param cause the exception that found the problem
     */
    public RefusedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
