package org.mydropout.flink;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What happens when an id comes with a step that is not greater than every step it had before: the
 * same key, and so the same mask, might be in use a second time.
 *
 * @see DropoutOptions#KEY_REUSE
 */
@PublicEvolving
public enum KeyReuse {
    /** Nothing: steps are not looked at, and no state is kept. */
    ALLOW,
    /** The record is processed and counted in the metric {@link DropoutMetrics#KEYS_REUSED}. */
    COUNT,
    /** The record fails the job. */
    FAIL;

    /** The option value, such as {@code allow}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
