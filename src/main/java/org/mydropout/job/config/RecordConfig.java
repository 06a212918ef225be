package org.mydropout.job.config;

import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.text.RecordSchema;

/**
 * How records are made, whatever their source and sink.
 *
 * @param dropout the dropout to apply
 * @param schema the fields of a record
 */
public record RecordConfig(DropoutConfig dropout, RecordSchema schema) {}
