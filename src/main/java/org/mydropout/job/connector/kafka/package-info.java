/**
 * Kafka topics as a source and a sink of lines: a message's value is a line.
 *
 * <p>Belongs here: the options of topics, named as Flink's Kafka table connector names them, and
 * what is read from and written to a topic. Does not belong here: what a value means (see {@link
 * org.mydropout.job.text}).
 *
 * <p>Promises: key, headers and timestamp of a message are those of the record made of it; a
 * message without a value is given, too; what stands below {@code properties.} is no part of
 * Flink's configuration and of no text that an object gives of itself.
 */
package org.mydropout.job.connector.kafka;
