/**
 * Dropout in Flink SQL and the Table API: functions, and the module that {@code LOAD MODULE
 * mydropout} loads them with.
 *
 * <p>Belongs here: how SQL's types and constants become options, ids, steps and vectors. Does not
 * belong here: what the options mean (see {@link org.mydropout.flink}), and scripts of statements,
 * which are jobs.
 *
 * <p>Promises: a row has the bits that {@link org.mydropout.flink.DropoutMapFunction} gives for the
 * same id, step and options. The names of the module and of its functions, and their arguments,
 * stay. A wrong constant is refused when a query is planned.
 */
package org.mydropout.sql;
