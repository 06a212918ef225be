package org.mydropout.flink;

import java.io.Serial;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A record to which dropout cannot be applied: its id, step or vector is not what the configuration
 * says, its step counter is exhausted, or its key has been used before and must not be again.
 *
 * <p>It fails the job for good, whatever the restart strategy (Flink: {@code ThrowableClassifier}):
 * after a restart the same record would come again.
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
     * @param cause what found it
     */
    public RefusedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
