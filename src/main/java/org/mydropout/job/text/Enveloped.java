package org.mydropout.job.text;

import javax.annotation.Nullable;

/** What came as a message, or as a line of a file. */
public interface Enveloped {

    /** What came with the message; null for a line of a file. */
    @Nullable
    MessageMetadata envelope();
}
