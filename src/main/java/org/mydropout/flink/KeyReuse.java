package org.mydropout.flink;

import java.util.Locale;
import org.apache.flink.annotation.PublicEvolving;

/**
 * What happens when the step of a record is not greater than every earlier step of its id. The same
 * key, and so the same mask, may then be used a second time.
 *
 * @see DropoutOptions#KEY_REUSE
 */
@PublicEvolving
public enum KeyReuse {
    /** Nothing. Steps are not compared, and no state is kept. */
    ALLOW,
    /** The record passes and is counted in the metric {@link DropoutMetrics#KEYS_REUSED}. */
    COUNT,
    /** The record fails the job. */
    FAIL;

    /** The option value, such as {@code allow}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
