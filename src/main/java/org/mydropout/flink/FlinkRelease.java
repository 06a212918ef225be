package org.mydropout.flink;

import org.apache.flink.FlinkVersion;
import org.apache.flink.annotation.Internal;

/**
 * The release of Flink on the class path. Features that need a newer release ask here and refuse to
 * start with a sentence.
 */
@Internal
public final class FlinkRelease {

    private FlinkRelease() {}

    /**
     * Returns whether this Flink is the given release or a later one. Flink lists all releases
     * before its own.
     *
     * @param release major and minor number, for example "2.3"
     */
    public static boolean isAtLeast(String release) {
        return FlinkVersion.byCode(release).isPresent();
    }

    /** Returns the major and minor number, for example "2.3". */
    public static String current() {
        return FlinkVersion.current().toString();
    }
}
