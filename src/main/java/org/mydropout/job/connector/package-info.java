/**
 * Where records come from and go to. Each connector is one package below this one.
 *
 * <p>Belongs here: what every connector has in common, and what the rest of the job may know of
 * one. Does not belong here: what a record's bytes mean (see {@link org.mydropout.job.text}).
 *
 * <p>Promises: a source gives every record of its place once; a sink writes each value as one
 * record.
 */
package org.mydropout.job.connector;
