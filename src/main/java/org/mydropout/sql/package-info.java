/**
 * Dropout in Flink SQL and the Table API: functions, the module that makes them known with {@code
 * LOAD MODULE mydropout}, and scripts of statements.
 *
 * <p>What belongs here is how SQL's types and constants become the arguments of the operator's keys
 * and of the kernel. What the options mean is said in {@link org.mydropout.flink}.
 *
 * <p>Promises: a row has the bits that {@link org.mydropout.flink.DropoutMapFunction} gives for the
 * same id, step and options. The names of the module and of its functions, and their arguments,
 * stay. A wrong constant is refused when a query is planned.
 */
package org.mydropout.sql;
