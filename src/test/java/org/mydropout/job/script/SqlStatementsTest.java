package org.mydropout.job.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.api.SqlParserEOFException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests for {@link SqlStatements}. */
class SqlStatementsTest {

    private static List<String> read(String script) {
        List<String> read = new ArrayList<>();
        SqlStatements statements = new SqlStatements(script);
        Optional<String> statement = statements.next(SqlStatementsTest::parse);
        while (statement.isPresent()) {
            read.add(statements.line() + ": " + statement.get());
            statement = statements.next(SqlStatementsTest::parse);
        }
        return read;
    }

    /** Detects an unfinished statement set, as Flink's parser does. */
    private static String parse(String statement) {
        if (statement.contains("BEGIN") && !statement.contains("END")) {
            throw new SqlParserEOFException("Encountered \"<EOF>\"");
        }
        return statement.strip();
    }

    @Test
    void readsStatementsWithTheLinesTheyBeginOn() {
        assertThat(read("SET 'a' = 'b';\n\nSELECT\n  1; SELECT 2;\nSELECT 3;"))
                .containsExactly(
                        "1: SET 'a' = 'b'", "3: SELECT\n  1", "4: SELECT 2", "5: SELECT 3");
    }

    @Test
    void leavesOutCommentsBetweenStatements() {
        assertThat(read("-- a; b\n/* c;\n d */ SELECT 1;\n-- e;\n")).containsExactly("3: SELECT 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s; '",
                "SELECT `a;b`",
                "SELECT 1 -- ;\n + 1",
                "SELECT 1 /* ;\n; */ + 1",
                "EXECUTE STATEMENT SET BEGIN INSERT 1; INSERT 2; END"
            })
    void endsNoStatementAtASemicolonInsideOfOne(String statement) {
        assertThat(read(statement + ";SELECT 1;")).startsWith("1: " + statement).hasSize(2);
    }

    @Test
    void takesALastStatementWithoutASemicolon() {
        assertThat(read("SELECT 1;\nSELECT 2 -- end"))
                .containsExactly("1: SELECT 1", "2: SELECT 2 -- end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "-- nothing", "/* nothing */\n"})
    void findsNothingInABlankScript(String script) {
        assertThat(read(script)).isEmpty();
    }

    @Test
    void letsTheParserCountLinesAsTheScriptDoes() {
        SqlStatements statements = new SqlStatements("SELECT\n1;\n\nSELECT 2");
        statements.next(statement -> statement);

        assertThat(statements.next(statement -> statement)).hasValue("\n\n\nSELECT 2");
    }

    @Test
    void passesOnThatAStatementDoesNotEnd() {
        assertThatThrownBy(() -> read("SELECT 1;\nBEGIN 1; 2;"))
                .isInstanceOf(SqlParserEOFException.class);
    }
}
