package org.mydropout.job.progress;

import java.util.Locale;

/** How a command reports the progress of its job. */
public enum ProgressMode {
    /** One line that changes on a terminal; otherwise as {@link #PLAIN}. */
    AUTO,
    /** A line every ten seconds. */
    PLAIN,
    /** No report. */
    NONE;

    /** The value on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
