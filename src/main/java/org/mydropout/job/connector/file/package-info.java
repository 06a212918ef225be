/**
 * Files of lines as a Flink source and sink.
 *
 * <p>Belongs here: cutting files into lines, writing lines into files, and what happens to a
 * directory that already holds an earlier output. Does not belong here: what a line means (see
 * {@link org.mydropout.job.text}).
 *
 * <p>Promises: every line of every file is read once, whatever bytes it holds, in bounded memory;
 * files are final at a checkpoint and at the end of the job, and no line is in two of them.
 */
package org.mydropout.job.connector.file;
