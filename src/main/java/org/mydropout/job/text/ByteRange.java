package org.mydropout.job.text;

/**
 * A range of bytes in a line.
 *
 * @param start the index of the first byte
 * @param end the index after the last byte
 */
record ByteRange(int start, int end) {

    int length() {
        return end - start;
    }
}
