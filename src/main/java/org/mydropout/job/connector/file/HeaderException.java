package org.mydropout.job.connector.file;

import java.io.IOException;
import java.io.Serial;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/** A file that does not begin as all must; reading it again would not help. */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class HeaderException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    HeaderException(String message) {
        super(message);
    }
}
