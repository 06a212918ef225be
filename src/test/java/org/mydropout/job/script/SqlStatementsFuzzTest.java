package org.mydropout.job.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.table.api.SqlParserEOFException;
import org.mydropout.fuzz.Untrusted;

/** Property tests for {@link SqlStatements}, with untrusted scripts. */
class SqlStatementsFuzzTest {

    /** Allows for a copy of each statement, after a line end per line before it. */
    private static final Untrusted READER =
            new Untrusted(SqlParserEOFException.class, 64 << 10, 256);

    private static final List<String> TOKENS =
            List.of(
                    ";",
                    "'",
                    "''",
                    "`",
                    "--",
                    "/*",
                    "*/",
                    "*",
                    "/",
                    "\n",
                    "\r\n",
                    " ",
                    "\t",
                    "a",
                    "BEGIN",
                    "END",
                    "SELECT 1",
                    "-- ;\n",
                    "/* ; */",
                    "';'",
                    "`;`",
                    "é",
                    "\u0000");

    @Provide
    Arbitrary<String> scripts() {
        return Arbitraries.of(TOKENS).list().ofMaxSize(40).map(parts -> String.join("", parts));
    }

    /** Statements come in order, each from its reported line. */
    @Property
    void scriptIsCutIntoStatements(@ForAll("scripts") String script) {
        Optional<List<String>> read = READER.decode(script.length(), () -> read(script));

        int from = 0;
        for (String statement : read.orElse(List.of())) {
            from = script.indexOf(statement, from);
            assertThat(from).as(statement).isNotNegative();
            from += statement.length();
        }
    }

    @Provide
    Arbitrary<String> largeScripts() {
        int size = 100_000;
        return Arbitraries.of(
                "'" + "x".repeat(size) + "'",
                "'" + "x".repeat(size),
                "`" + "x".repeat(size),
                "/*" + "*".repeat(size),
                "/*" + "/*".repeat(size) + "*/",
                "/**/".repeat(size),
                "--\n".repeat(size) + "SELECT 1",
                " ".repeat(size),
                "-".repeat(size),
                "''".repeat(size));
    }

    @Property
    void largeScriptIsCutInProportion(@ForAll("largeScripts") String script) {
        READER.decode(script.length(), () -> read(script));
    }

    private static List<String> read(String script) {
        List<String> read = new ArrayList<>();
        SqlStatements statements = new SqlStatements(script);
        Optional<String> statement = statements.next(SqlStatementsFuzzTest::parse);
        while (statement.isPresent()) {
            read.add(statement.get());
            statement = statements.next(SqlStatementsFuzzTest::parse);
        }
        return read;
    }

    /** Detects an unfinished statement set, as Flink's parser does. */
    private static String parse(String statement) {
        if (statement.contains("BEGIN") && !statement.contains("END")) {
            throw new SqlParserEOFException("Encountered \"<EOF>\"");
        }
        return statement.substring(statement.length() - statement.stripLeading().length());
    }
}
