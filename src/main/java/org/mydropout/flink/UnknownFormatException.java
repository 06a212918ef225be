package org.mydropout.flink;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Thrown for state in a format that this version does not read.
 *
 * <p>It fails the job for good, whatever the restart strategy (Flink: {@code ThrowableClassifier}):
 * the same state would be restored after a restart.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class UnknownFormatException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence that names the rule and the value
     */
    UnknownFormatException(String message) {
        super(message);
    }
}
