package org.mydropout.job.config;

import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.text.RecordSchema;

/**
 * What a record is made with, wherever it comes from and goes to.
 *
 * @param dropout what is drawn
 * @param schema the fields of a record
 */
public record RecordConfig(DropoutConfig dropout, RecordSchema schema) {}
