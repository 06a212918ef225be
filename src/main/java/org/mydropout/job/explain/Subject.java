package org.mydropout.job.explain;

import java.util.Optional;
import org.mydropout.job.config.RecordConfig;
import org.mydropout.job.explain.RecordFinder.FoundRecord;
import org.mydropout.job.text.TextRecord;

/**
 * The record to explain.
 *
 * @param config the options that make the record
 * @param id a String, or a Long for an integer id
 * @param source its record in the source, if known
 * @param searched how many lines of the source were read to find it
 * @param written its line as written by a job, if known
 */
record Subject(
        RecordConfig config,
        Object id,
        long step,
        Optional<FoundRecord> source,
        long searched,
        Optional<WrittenLine> written) {

    /** The vector before the layers, if known. */
    Optional<double[]> before() {
        return source.map(found -> found.record().doubles());
    }

    /** Whether the record passes unchanged because one of its fields says so. */
    boolean isDeterministic() {
        return source.map(FoundRecord::record)
                .or(() -> written.map(WrittenLine::record))
                .map(TextRecord::deterministic)
                .orElse(false);
    }
}
