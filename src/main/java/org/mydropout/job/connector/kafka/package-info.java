/**
 * Kafka topics as sources and sinks of lines: the value of a message is a line.
 *
 * <p>Belongs here: the options of topics, with the names of Flink's Kafka table connector, and
 * reading and writing of topics. Does not belong here: the meaning of a value (see {@link
 * org.mydropout.job.text}).
 *
 * <p>Promises: a record keeps the key, headers and timestamp of its message. Messages without a
 * value are read, too. A message is written once or at least once, as {@code
 * sink.delivery-guarantee} says. The values of options that begin with {@code properties.} are
 * neither in Flink's configuration nor in any {@code toString}.
 */
package org.mydropout.job.connector.kafka;
