package org.mydropout.bench;

import java.util.Map;

/**
 * What one implementation takes.
 *
 * @param layout which draws it makes; only rows of one layout do the same work
 * @param name the implementation
 * @param nanoseconds for an element, by the elements of a vector
 * @param remark why there are no numbers, or empty
 */
public record Row(String layout, String name, Map<Integer, Double> nanoseconds, String remark) {}
