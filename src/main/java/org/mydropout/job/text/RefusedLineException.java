package org.mydropout.job.text;

import java.io.Serial;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A decoder's refusal of one line. It is the only exception that becomes a dead letter. If a job
 * has no dead letters, it fails the job without a restart, because the same line would come again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class RefusedLineException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    public RefusedLineException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** The kind of the refusal. */
    public DeadLetterReason reason() {
        return reason;
    }

    /** The same refusal, with the place of the line at the beginning of its sentence. */
    public RefusedLineException at(String source) {
        return new RefusedLineException(reason, source + ": " + getMessage());
    }
}
