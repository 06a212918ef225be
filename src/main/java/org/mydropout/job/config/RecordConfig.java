package org.mydropout.job.config;

import java.util.Optional;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.RecordSelection;
import org.mydropout.job.text.RecordSchema;

/**
 * How records are made, whatever their source and sink.
 *
 * @param dropout the dropout to apply
 * @param schema the fields of a record
 * @param selection which records are taken, and into which parts they are split
 */
public record RecordConfig(
        DropoutConfig dropout, RecordSchema schema, Optional<RecordSelection> selection) {}
