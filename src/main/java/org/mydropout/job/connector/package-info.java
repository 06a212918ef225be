/**
 * The sources and sinks of records. Each connector is a package below this one.
 *
 * <p>Belongs here: the interfaces that the rest of the job uses, and code that connectors share.
 * Does not belong here: the meaning of a record's bytes (see {@link org.mydropout.job.text}).
 *
 * <p>Promises: a source reads each record of its place once, and a sink writes each value as one
 * record. A failure that no retry heals is a {@link
 * org.mydropout.job.connector.PermanentFailureException}, and its sentence names the place. A
 * source is read again from the last checkpoint after a failure; how often a value is then written
 * is the connector's promise.
 */
package org.mydropout.job.connector;
