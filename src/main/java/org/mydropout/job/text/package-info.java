/**
 * Records as lines of text: decoding JSON and CSV, and encoding records and dead letters.
 *
 * <p>Belongs here: decoding a line, the template that keeps every other field unchanged, and the
 * text of a vector. Does not belong here: sources and sinks of lines (see {@link
 * org.mydropout.job.connector}).
 *
 * <p>Promises: a decimal becomes the nearest float32, and is written so that reading it gives the
 * same bits. Every byte outside the vector and the step is copied unchanged. A line that cannot be
 * decoded becomes exactly one dead letter, and nothing else becomes one. Nested arrays of numbers
 * are a vector in row-major order, and stay nested in the output. A blank line of a file is
 * skipped; a blank message is refused.
 */
package org.mydropout.job.text;
