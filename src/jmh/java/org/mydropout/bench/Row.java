package org.mydropout.bench;

import java.util.Map;

/**
 * What one implementation takes.
 *
 * @param group which work it does; only rows of one group are compared
 * @param name the implementation
 * @param values the measurements by column: the elements of a vector, for example
 * @param remark why there are no numbers, or what else is to be known; or empty
 */
public record Row(String group, String name, Map<String, Double> values, String remark) {

    /** A row with numbers and nothing to add. */
    Row(String group, String name, Map<String, Double> values) {
        this(group, name, values, "");
    }

    /** A row of what could not be measured, and why. */
    static Row missing(String group, String name, String reason) {
        return new Row(group, name, Map.of(), reason);
    }
}
