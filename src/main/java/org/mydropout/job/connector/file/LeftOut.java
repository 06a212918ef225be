package org.mydropout.job.connector.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts the files below a directory that are not read. */
final class LeftOut {

    private int hidden;
    private long hiddenBytes;
    private int repeated;
    private int unlisted;

    /**
     * Counts a hidden file, or one in a hidden directory.
     *
     * @param size in bytes
     */
    void hidden(long size) {
        hidden++;
        hiddenBytes += size;
    }

    /** Counts a link whose file is already read. */
    void repeated() {
        repeated++;
    }

    /** Counts a hidden directory whose files this user may not list. */
    void unlisted() {
        unlisted++;
    }

    /** How many files are hidden, or lie in a hidden directory. */
    int hiddenFiles() {
        return hidden;
    }

    /** How many links are not read. */
    int repeatedLinks() {
        return repeated;
    }

    /** The numbers of files, their bytes, and why; empty if all files are read. */
    String description() {
        List<String> reasons = new ArrayList<>();
        if (hidden > 0) {
            reasons.add(String.format(Locale.ROOT, "%,d hidden, %,d bytes", hidden, hiddenBytes));
        }
        if (unlisted > 0) {
            reasons.add(
                    String.format(
                            Locale.ROOT, "%,d hidden directories that may not be read", unlisted));
        }
        if (repeated > 0) {
            reasons.add(String.format(Locale.ROOT, "%,d linked, and read already", repeated));
        }
        return String.join("; ", reasons);
    }
}
