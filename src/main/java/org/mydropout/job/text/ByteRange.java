package org.mydropout.job.text;

/**
 * A run of bytes in a line.
 *
 * @param start index of the first byte
 * @param end index after the last byte
 */
record ByteRange(int start, int end) {

    int length() {
        return end - start;
    }
}
