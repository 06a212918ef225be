package org.mydropout.job.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.mydropout.job.text.IdSource;
import org.mydropout.kernel.layer.Shape;

/**
 * The fields of a record, as the options name them.
 *
 * @param idFrom where the id comes from; empty if it cannot be read
 * @param deterministic null: no field says whether a record passes unchanged
 * @param shape the declared shape of the vector; null: none
 */
record RecordFields(
        String id,
        Optional<IdSource> idFrom,
        String step,
        String features,
        @Nullable String deterministic,
        @Nullable Shape shape) {

    /** The names, in order. */
    List<String> names() {
        return Stream.of(id, step, features, deterministic).filter(Objects::nonNull).toList();
    }
}
