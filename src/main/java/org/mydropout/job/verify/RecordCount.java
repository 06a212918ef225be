package org.mydropout.job.verify;

/**
 * How often a content is expected and how often it was found. Those of equal contents are added up
 * to one, so that it takes no memory for each record.
 *
 * @param digest the content's
 * @param content one of the equal contents
 * @param expected how often it is expected
 * @param found how often it was found
 */
public record RecordCount(String digest, ComparedRecord content, long expected, long found) {

    /** One that is expected. */
    static RecordCount expected(ComparedRecord content) {
        return new RecordCount(content.digest(), content, 1, 0);
    }

    /** One that was found. */
    static RecordCount found(ComparedRecord content) {
        return new RecordCount(content.digest(), content, 0, 1);
    }

    RecordCount plus(RecordCount equal) {
        return new RecordCount(digest, content, expected + equal.expected, found + equal.found);
    }
}
