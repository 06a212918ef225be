package org.mydropout.job.verify;

/**
 * How often a content is expected and how often it was found. Counts of equal contents are added
 * up, so memory does not grow with the number of records.
 *
 * @param digest the digest of the content
 * @param content one of the equal records
 * @param expected how often the content is expected
 * @param found how often the content was found
 */
public record RecordCount(String digest, ComparedRecord content, long expected, long found) {

    /** Counts one expected record. */
    static RecordCount expected(ComparedRecord content) {
        return new RecordCount(content.digest(), content, 1, 0);
    }

    /** Counts one found record. */
    static RecordCount found(ComparedRecord content) {
        return new RecordCount(content.digest(), content, 0, 1);
    }

    RecordCount plus(RecordCount equal) {
        return new RecordCount(digest, content, expected + equal.expected, found + equal.found);
    }
}
