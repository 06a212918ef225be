package org.mydropout.flink;

import org.apache.flink.annotation.PublicEvolving;

/**
 * An output record of {@link DropoutMapFunction}, and the counts of its elements.
 *
 * @param record the output record
 * @param kept how many elements of the vector were kept; all of them when dropout is not applied.
 *     Of several layers that drop, each counts the elements that it is given.
 * @param dropped how many elements of the vector the mask set to zero
 * @param expectedDropped how many elements the layers drop of such a vector on average
 * @param keyReused whether the step was not greater than every earlier step of the id; false with
 *     {@link KeyReuse#ALLOW}
 * @param <T> the type of the records
 */
@PublicEvolving
public record DropoutResult<T>(
        T record, long kept, long dropped, double expectedDropped, boolean keyReused) {}
