package org.mydropout.job.script;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.SqlParserEOFException;

/**
 * Reads the statements of a script one after the other. Each ends with a semicolon, the last one
 * may go without.
 *
 * <p>Flink's own splitter is in its SQL client, whose jar has a class path of its own and starts a
 * gateway. So statements are cut by hand, and Flink's parser says where one ends.
 */
@Internal
final class SqlStatements {

    /** A semicolon, or what a semicolon has no meaning in: a string, a quoted name, a comment. */
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|`[^`]*`|--[^\\n]*|/\\*(?s:.*?)\\*/|;");

    private static final Pattern BLANK = Pattern.compile("(?:\\s++|--[^\\n]*+|/\\*(?s:.*?)\\*/)*+");

    private final String script;

    /** Where the statement that was read last ends. */
    private int end;

    private int line = 1;

    SqlStatements(String script) {
        this.script = script;
    }

    /**
     * Reads one statement.
     *
     * @param parser what makes something of a statement; it gets the statement with as many empty
     *     lines before it as the script has lines, so that it counts lines as the script does
     * @return what the parser made of it; empty if there is no further statement
     * @throws SqlParserEOFException if the parser threw it for all the rest of the script; it ends
     *     a statement at the first semicolon where the parser does not
     */
    <T> Optional<T> next(Function<String, T> parser) {
        Matcher blank = BLANK.matcher(script).region(end, script.length());
        int start = blank.lookingAt() ? blank.end() : end;
        if (start == script.length()) {
            return Optional.empty();
        }
        line = 1 + (int) script.substring(0, start).chars().filter(c -> c == '\n').count();
        String padding = "\n".repeat(line - 1);
        Matcher token = TOKEN.matcher(script).region(start, script.length());
        while (token.find()) {
            if (token.group().equals(";")) {
                try {
                    T parsed = parser.apply(padding + script.substring(start, token.start()));
                    end = token.end();
                    return Optional.of(parsed);
                } catch (SqlParserEOFException e) {
                    // A semicolon inside of a statement set.
                }
            }
        }
        T parsed = parser.apply(padding + script.substring(start));
        end = script.length();
        return Optional.of(parsed);
    }

    /** The line on which the statement that was read last begins, from 1. */
    int line() {
        return line;
    }
}
