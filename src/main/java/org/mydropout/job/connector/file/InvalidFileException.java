package org.mydropout.job.connector.file;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Thrown for a file with invalid bytes. The job fails without a restart, because reading them again
 * would not help.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class InvalidFileException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    InvalidFileException(String message) {
        super(message);
    }
}
