/**
 * Scripts of SQL statements for the command line.
 *
 * <p>Belongs here: splitting a script into statements, running them in order, and reporting which
 * one failed. Does not belong here: the SQL functions themselves (see {@link org.mydropout.sql}).
 *
 * <p>Promises: a script runs as Flink's SQL client runs it with {@code -f}; a failure names the
 * line where its statement begins.
 */
package org.mydropout.job.script;
