package org.mydropout.job.connector;

/**
 * A record's line in an output that is looked at before it is read.
 *
 * @param text the line's bytes
 * @param keepsTimestamp whether it has the timestamp that its writer gave it
 */
public record WrittenRecord(byte[] text, boolean keepsTimestamp) {}
