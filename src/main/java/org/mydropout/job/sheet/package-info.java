/**
 * The contact sheet: many records beside their augmented versions, and a verdict whether their
 * masks look like independent draws.
 *
 * <p>Belongs here: collecting records, the statistics of masks and the verdict on them, and drawing
 * them as a page or an image. Does not belong here: explaining one record (see {@link
 * org.mydropout.job.explain}).
 *
 * <p>Promises: a page is one file without network access. A correct job gets a bad verdict about
 * once in 2,500 sheets.
 */
package org.mydropout.job.sheet;
