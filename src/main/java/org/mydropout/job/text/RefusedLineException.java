package org.mydropout.job.text;

import java.io.Serial;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A decoder's refusal of one line: the only exception that becomes a dead letter. Where a job has
 * no dead letter it fails the job, and without a restart, since the same line would come again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class RefusedLineException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    public RefusedLineException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What kind of refusal it is. */
    public DeadLetterReason reason() {
        return reason;
    }

    /** The same refusal, its sentence led by where the line came from. */
    public RefusedLineException at(String source) {
        return new RefusedLineException(reason, source + ": " + getMessage());
    }
}
