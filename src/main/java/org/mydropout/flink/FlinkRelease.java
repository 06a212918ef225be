package org.mydropout.flink;

import org.apache.flink.FlinkVersion;
import org.apache.flink.annotation.Internal;

/**
 * The release of Flink that this JVM runs, so that what needs a newer one can be refused in a
 * sentence. The one place that asks for it.
 */
@Internal
public final class FlinkRelease {

    private FlinkRelease() {}

    /**
     * Whether this Flink is of a release or a later one: each knows those before it.
     *
     * @param release major and minor number, for example "2.3"
     */
    public static boolean isAtLeast(String release) {
        return FlinkVersion.byCode(release).isPresent();
    }

    /** Major and minor number, for example "2.3". */
    public static String current() {
        return FlinkVersion.current().toString();
    }
}
