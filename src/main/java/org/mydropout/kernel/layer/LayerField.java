package org.mydropout.kernel.layer;

/**
 * A value that a layer gives for each record.
 *
 * @param name the name of the field in a record, and of the variable in Python
 * @param always whether it is given with {@code deterministic=True}, too
 */
public record LayerField(String name, Kind kind, boolean always) {

    /** The kinds of values. */
    public enum Kind {
        /** An Integer. */
        INTEGER,
        /** A Float. */
        NUMBER,
        /** A String, the id of a vector of a {@link ReferenceSet}; in Python its index there. */
        REFERENCE_ID
    }
}
