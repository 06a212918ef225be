package org.mydropout.kernel.flax;

/**
 * Thrown when a key is requested and there is neither a stream of that name nor {@code params}. It
 * is Flax's {@code flax.errors.InvalidRngError}, with the same message.
 */
public final class InvalidRngException extends RuntimeException {

    private static final String HELP =
            "https://flax.readthedocs.io/en/latest/api_reference/flax.errors.html"
                    + "#flax.errors.InvalidRngError";

    /**
     * Names the module by the last element of its path, and the top-level module by Python's None.
     */
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
