/**
 * Records as lines of text: decoding JSON and CSV, and encoding records and dead letters.
 *
 * <p>Belongs here: decoding a line, the template that keeps every other field unchanged, and the
 * text of a vector. Does not belong here: sources and sinks of lines (see {@link
 * org.mydropout.job.connector}).
 *
 * <p>Promises: a decimal becomes the nearest float32, or what JAX makes of it in another {@link
 * org.mydropout.job.text.ElementType}, and is written so that reading it gives the same bits; every
 * byte outside the vector and the step leaves as it came; a line that a decoder refuses becomes
 * exactly one dead letter; any other failure fails the job. Nested arrays of numbers are a vector
 * in row-major order, and leave nested as they came. A row of CSV has several lines where a quoted
 * cell holds line ends. A blank line of a file is not a record. An empty message is a record, and
 * is refused.
 */
package org.mydropout.job.text;
