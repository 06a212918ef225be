package org.mydropout.job.init;

import java.util.List;
import java.util.Optional;
import org.mydropout.job.config.InvalidJobException;

/** Finds the fields of one format that may hold the vector. */
sealed interface VectorFinder permits JsonVectorFinder, CsvVectorFinder {

    /**
     * All fields that may hold the vector.
     *
     * @throws InvalidJobException if a field holds it, but cannot be read without an option
     */
    List<VectorGuess> all() throws InvalidJobException;

    /**
     * How a field, or a range of columns, holds the vector; empty if it holds none.
     *
     * @throws InvalidJobException if it cannot be read without an option
     */
    List<VectorGuess> of(String field) throws InvalidJobException;

    /**
     * A sentence for the case that there is no vector.
     *
     * @param given the field that the user has given
     */
    String nothingFound(Optional<String> given);
}
