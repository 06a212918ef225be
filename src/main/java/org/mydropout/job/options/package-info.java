/**
 * The reference of all options, generated from the options themselves.
 *
 * <p>Belongs here: the type, values and description of an option, and writing them as text,
 * Markdown and JSON. Does not belong here: the options and their checks (see {@link
 * org.mydropout.job.config}).
 *
 * <p>Promises: the reference contains all options of a job file, and no others.
 */
package org.mydropout.job.options;
