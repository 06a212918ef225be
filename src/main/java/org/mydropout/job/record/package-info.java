/**
 * Records as lines of text: what a source reads, what the dropout operator sees, what a sink
 * writes, and the dead letters in between.
 *
 * <p>Belongs here: decoding a line (JSON or CSV), the line's template that carries every other
 * field through untouched, and the text of a vector. Does not belong here: where lines come from
 * and go to (see {@link org.mydropout.job.file}).
 *
 * <p>Promises: a decimal becomes the nearest float32 and is written so that reading it gives the
 * same bits; every byte outside the vector and the step leaves as it came; a line that cannot be
 * decoded becomes exactly one dead letter, and nothing but a decoder's own refusal does.
 */
package org.mydropout.job.record;
