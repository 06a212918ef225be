/**
 * The command line: reads a job file or an SQL script, runs it, and reports the result.
 *
 * <p>Belongs here: commands, exit statuses, and everything that is printed. Does not belong here:
 * the meaning of a job file (see {@link org.mydropout.job.config}) and the job itself (see {@link
 * org.mydropout.job.augment}).
 *
 * <p>Promises: the exit status is 0 if the job is done; 1 if it failed or a verification found
 * differences, and the last line says which; and 2 if the arguments, the job file or a script are
 * unusable. With 2, nothing was started, deleted or left behind. Every failure is told in a
 * sentence; its stack trace is printed only with {@code --debug}. All output goes through one
 * filter that hides secrets.
 */
package org.mydropout.job;
