package org.mydropout.job.text;

import javax.annotation.Nullable;

/**
 * The parts of a message other than its value. They stay with the record from topic to topic.
 *
 * @param key the key, or null
 * @param headerNames the names of the headers in order; a name may occur several times
 * @param headerValues the value of each header, or null
 */
public record MessageMetadata(@Nullable byte[] key, String[] headerNames, byte[][] headerValues) {}
