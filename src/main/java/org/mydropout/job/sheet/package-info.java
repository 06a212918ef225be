/**
 * The contact sheet: many records beside their augmented versions, and whether their masks are what
 * independent draws give.
 *
 * <p>Belongs here: collecting records, the statistics of masks and the verdict on them, and drawing
 * all that as a page or an image. Does not belong here: what was drawn for one record (see {@link
 * org.mydropout.job.explain}).
 *
 * <p>Promises: a page is one file that asks the network for nothing; a sound job gets a bad verdict
 * about once in 2,500 sheets.
 */
package org.mydropout.job.sheet;
