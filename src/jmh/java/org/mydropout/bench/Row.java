package org.mydropout.bench;

import java.util.Map;

/**
 * The measurements of one implementation.
 *
 * @param group the work that it does; only rows of one group are compared
 * @param name the implementation
 * @param values the measurements by column: the elements of a vector, for example
 * @param remark why there are no numbers, or another remark; may be empty
 */
record Row(String group, String name, Map<String, Double> values, String remark) {

    /** A row with numbers and no remark. */
    Row(String group, String name, Map<String, Double> values) {
        this(group, name, values, "");
    }

    /** A row without numbers, and the reason. */
    static Row missing(String group, String name, String reason) {
        return new Row(group, name, Map.of(), reason);
    }
}
