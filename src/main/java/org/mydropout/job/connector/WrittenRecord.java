package org.mydropout.job.connector;

/**
 * A record of an output, found before a verification reads the whole output.
 *
 * @param text the bytes of the line
 * @param keepsTimestamp whether its timestamp is the one that its writer set
 */
public record WrittenRecord(byte[] text, boolean keepsTimestamp) {}
