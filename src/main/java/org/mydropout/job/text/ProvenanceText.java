package org.mydropout.job.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the provenance in an output line of a job: the last one in the line. */
public final class ProvenanceText {

    /** Its beginning, before the version of this project. */
    public static final String NAME = "flink-mydropout/";

    /** A regular expression for versions in Maven. */
    public static final String VERSION = "[\\w.+-]+";

    private static final String ANY_VERSION = "*";

    private static final Pattern VERSION_AND_QUERY = Pattern.compile(VERSION + "(?=\\?)");

    private static final Pattern QUERY = Pattern.compile("\\?[^\",\\s]*");

    private ProvenanceText() {}

    /**
     * The line with {@code *} instead of the version, because all versions of a format make the
     * same bits. Lines with any other difference stay different.
     */
    public static byte[] ofAnyVersion(byte[] line) {
        String text = new String(line, ISO_8859_1);
        int name = text.lastIndexOf(NAME);
        if (name < 0) {
            return line;
        }
        int start = name + NAME.length();
        Matcher version = VERSION_AND_QUERY.matcher(text).region(start, text.length());
        return version.lookingAt()
                ? (text.substring(0, start) + ANY_VERSION + text.substring(version.end()))
                        .getBytes(ISO_8859_1)
                : line;
    }

    /** The provenance of any version in a line; empty if there is none. */
    public static Optional<String> in(byte[] line) {
        String text = new String(line, ISO_8859_1);
        int start = text.lastIndexOf(NAME + ANY_VERSION);
        if (start < 0) {
            return Optional.empty();
        }
        Matcher query = QUERY.matcher(text).region(start + NAME.length() + 1, text.length());
        return query.lookingAt()
                ? Optional.of(text.substring(start, query.end()))
                : Optional.empty();
    }
}
