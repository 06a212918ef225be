/**
 * The reference of all options, made of the options themselves.
 *
 * <p>Belongs here: the type, values and description of an option, and how they are written as text,
 * Markdown and JSON. Does not belong here: the options, and what they must be (see {@link
 * org.mydropout.job.config}).
 *
 * <p>Promises: an option that a job file may name is in the reference, and nothing else is.
 */
package org.mydropout.job.options;
