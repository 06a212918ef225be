/**
 * Explains the vector of one record: the derived keys, the draws, and the effect on each element;
 * as text, JSON and Python.
 *
 * <p>Belongs here: finding a record, the trace of its layers, the probability of a mask, and the
 * Python code that gives the same vector. Does not belong here: deriving keys and drawing (see
 * {@link org.mydropout.kernel}).
 *
 * <p>Promises: no cluster and no thread is started. The explanation comes from the job's own
 * transform.
 */
package org.mydropout.job.explain;
