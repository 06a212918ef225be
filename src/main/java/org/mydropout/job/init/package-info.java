/**
 * Guesses a job file from the first records of a source.
 *
 * <p>Belongs here: what the records say about the options of a job, the text of the job file, and
 * its preview. Does not belong here: reading lines and vectors (see {@link
 * org.mydropout.job.text}), and the rules for options (see {@link org.mydropout.job.config}).
 *
 * <p>Promises: every guess was tried with the decoder of the job. A given option is never replaced
 * by a guess. What cannot be guessed is refused, with the option that says it. Nothing is written.
 */
package org.mydropout.job.init;
