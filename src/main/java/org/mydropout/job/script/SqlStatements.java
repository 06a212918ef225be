package org.mydropout.job.script;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.api.SqlParserEOFException;

/**
 * Reads the statements of a script one after the other. Each ends with a semicolon, which the last
 * one may omit.
 *
 * <p>Flink's own splitter is part of its SQL client, whose jar has its own class path and starts a
 * gateway. So this class splits the script, and Flink's parser decides where a statement ends.
 */
@Internal
final class SqlStatements {

    /**
     * A semicolon, or a token in which a semicolon has no meaning: a string, a quoted name, a
     * comment.
     */
    private static final Pattern TOKEN =
            Pattern.compile("'[^']*'|`[^`]*`|--[^\\n]*|/\\*(?s:.*?)\\*/|;");

    private static final Pattern BLANK = Pattern.compile("(?:\\s++|--[^\\n]*+|/\\*(?s:.*?)\\*/)*+");

    private final String script;

    /** The end of the last statement. */
    private int end;

    private int line = 1;

    SqlStatements(String script) {
        this.script = script;
    }

    /**
     * Reads one statement.
     *
     * @param parser parses a statement; as many empty lines precede the statement as lines precede
     *     it in the script, so that the line numbers agree
     * @return the result of the parser; empty if there is no further statement
     * @throws SqlParserEOFException if the parser throws it even for the whole rest of the script.
     *     A statement ends at the first semicolon where the parser does not throw it.
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
                    // The semicolon is inside a statement set.
                }
            }
        }
        T parsed = parser.apply(padding + script.substring(start));
        end = script.length();
        return Optional.of(parsed);
    }

    /** The line where the last statement begins, from 1. */
    int line() {
        return line;
    }
}
