/**
 * Files of lines as a Flink source and sink.
 *
 * <p>Belongs here: splitting files into lines, writing lines into files, and checking and deleting
 * earlier outputs. Does not belong here: the meaning of a line (see {@link
 * org.mydropout.job.text}).
 *
 * <p>Promises: every line of every file is read once, whatever its bytes, in bounded memory. Files
 * become final at a checkpoint and at the end of the job, and no line is in two files.
 */
package org.mydropout.job.connector.file;
