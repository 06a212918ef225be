package org.mydropout.sql;

import java.io.Serializable;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.flink.annotation.Internal;

/**
 * What was made of the arguments of the previous row, because rows usually share them.
 *
 * @param <K> the arguments, with an equals of their values
 * @param <V> what is made of them
 */
@Internal
final class LastCall<K, V> implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable private transient K arguments;
    @Nullable private transient V value;

    /** The value of the previous call if its arguments were equal; otherwise a new one. */
    V get(K given, Function<K, V> maker) {
        if (!given.equals(arguments)) {
            value = maker.apply(given);
            arguments = given;
        }
        return value;
    }
}
