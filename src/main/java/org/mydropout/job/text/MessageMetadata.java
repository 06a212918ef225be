package org.mydropout.job.text;

import javax.annotation.Nullable;

/**
 * What a message carries beside its value; it goes with the record from topic to topic.
 *
 * @param key the message's key, or null
 * @param headerNames the names of its headers in order; a name may come again
 * @param headerValues the value of each header, or null
 */
public record MessageMetadata(@Nullable byte[] key, String[] headerNames, byte[][] headerValues) {}
