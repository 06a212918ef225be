package org.mydropout.job.script;

import java.io.Serial;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.flink.annotation.Internal;

/** Thrown for a statement of a {@link SqlScript} that was refused, or whose job failed. */
@Internal
public final class SqlScriptException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean submitted;
    private final boolean refused;

    private SqlScriptException(
            String message, int line, boolean submitted, boolean refused, Throwable cause) {
        super(message, cause);
        this.line = line;
        this.submitted = submitted;
        this.refused = refused;
    }

    /** A statement that Flink or a function refused, with the messages of both. */
    static SqlScriptException refused(int line, boolean submitted, Throwable refusal) {
        String context = String.valueOf(refusal.getMessage());
        String reason = String.valueOf(ExceptionUtils.getRootCause(refusal).getMessage());
        return new SqlScriptException(
                context.contains(reason) ? context : context + "\n" + reason,
                line,
                submitted,
                true,
                refusal);
    }

    /** A statement whose job failed; the cause is Flink's exception. */
    static SqlScriptException failed(int line, Throwable failure) {
        return new SqlScriptException(failure.getMessage(), line, true, false, failure);
    }

    /** The line where the statement begins, from 1. */
    public int line() {
        return line;
    }

    /** Whether this statement or an earlier one has started a job. */
    public boolean isSubmitted() {
        return submitted;
    }

    /** Whether the statement was refused, so that no job of its own ran. */
    public boolean isRefused() {
        return refused;
    }
}
