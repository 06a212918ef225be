/**
 * Dropout in Flink SQL and the Table API: the functions, and the module for {@code LOAD MODULE
 * mydropout}.
 *
 * <p>Belongs here: the conversion of SQL types and constants to options, ids, steps and vectors.
 * Does not belong here: the meaning of the options (see {@link org.mydropout.flink}), and scripts
 * of statements, which are jobs.
 *
 * <p>Promises: a row has the bits that {@link org.mydropout.flink.DropoutMapFunction} gives for the
 * same id, step and options. The names of the module and its functions, and their arguments, do not
 * change. An invalid constant is refused when a query is planned.
 */
package org.mydropout.sql;
