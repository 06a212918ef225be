package org.mydropout.kernel.flax;

/**
 * A stream was asked for a key and there is neither a stream of that name nor {@code params}:
 * Flax's {@code flax.errors.InvalidRngError}, with its message.
 */
public final class InvalidRngException extends RuntimeException {

    private static final String HELP =
            "https://flax.readthedocs.io/en/latest/api_reference/flax.errors.html"
                    + "#flax.errors.InvalidRngError";

    /** Names the module by the last element of its path; Python's None is the top-level one. */
    InvalidRngException(ModulePath path, String stream) {
        super(
                "%s needs PRNG for \"%s\" (%s)"
                        .formatted(
                                path.names().isEmpty()
                                        ? "None"
                                        : path.names().get(path.names().size() - 1),
                                stream,
                                HELP));
    }
}
