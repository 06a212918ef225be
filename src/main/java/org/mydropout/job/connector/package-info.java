/**
 * The sources and sinks of records. Each connector is a package below this one.
 *
 * <p>Belongs here: the interfaces that the rest of the job uses, and code that connectors share.
 * Does not belong here: the meaning of a record's bytes (see {@link org.mydropout.job.text}).
 *
 * <p>Promises: a source reads each record of its place once, and a sink writes each value as one
 * record.
 */
package org.mydropout.job.connector;
