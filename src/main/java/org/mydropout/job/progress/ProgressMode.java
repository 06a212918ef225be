package org.mydropout.job.progress;

import java.util.Locale;

/** How a command tells how far its job is. */
public enum ProgressMode {
    /** One line that changes on a terminal, else as {@link #PLAIN}. */
    AUTO,
    /** A line every ten seconds. */
    PLAIN,
    /** Not at all. */
    NONE;

    /** The value as it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
