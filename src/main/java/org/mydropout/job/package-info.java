/**
 * The command line: reads a job file or a script of SQL statements, runs it, and says what came of
 * it.
 *
 * <p>Belongs here: commands, exit statuses, and everything that is printed. Does not belong here:
 * what a job file means (see {@link org.mydropout.job.config}) and what the job does (see {@link
 * org.mydropout.job.augment}).
 *
 * <p>Promises: exit status 0 when the job is done, 1 when it failed or a verification found
 * differences, which its last line tells apart, 2 when the arguments, the job file or a script are
 * unusable; in that case nothing was started or deleted, and nothing stays written. Whatever a
 * command prints goes through one filter that hides secrets.
 */
package org.mydropout.job;
