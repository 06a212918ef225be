/**
 * How the vector of one record came about: which keys were derived, what was drawn with them, and
 * what became of each element; in words, as JSON, and as Python.
 *
 * <p>Belongs here: finding a record, the trace of what was done to it, how unusual a mask is, and
 * the Python that gives the same. Does not belong here: deriving and drawing itself (see {@link
 * org.mydropout.kernel}).
 *
 * <p>Promises: nothing is started, neither a cluster nor a thread; what is told is what the job's
 * own transform does.
 */
package org.mydropout.job.explain;
