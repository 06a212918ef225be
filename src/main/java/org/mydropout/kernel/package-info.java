/** Placeholder. */
package org.mydropout.kernel;
