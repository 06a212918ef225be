package org.mydropout.job.pipeline;

/**
 * How often a content is expected and how often it was found. Those of equal contents are added up
 * to one, so that it takes no memory for each record.
 *
 * @param digest the content's
 * @param content one of the equal contents
 * @param expected how often it is expected
 * @param found how often it was found
 */
public record Tally(String digest, Content content, long expected, long found) {

    /** One that is expected. */
    static Tally expected(Content content) {
        return new Tally(content.digest(), content, 1, 0);
    }

    /** One that was found. */
    static Tally found(Content content) {
        return new Tally(content.digest(), content, 0, 1);
    }

    Tally plus(Tally equal) {
        return new Tally(digest, content, expected + equal.expected, found + equal.found);
    }
}
