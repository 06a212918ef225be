package org.mydropout.job.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.configuration.Configuration;
import org.mydropout.fuzz.Untrusted;

/** Property tests for {@link SqlScript}, with scripts that start no job. */
class SqlScriptFuzzTest {

    /**
     * Allows for a table environment, which each SET at the beginning creates again. What is wrong
     * with a statement, Flink says in its own words.
     */
    private static final Untrusted SCRIPT =
            new Untrusted(SqlScriptException.class, 64 << 20, 0, false);

    private static final List<String> STATEMENTS =
            List.of(
                    "SET 'a' = 'b'",
                    "SET",
                    "SET 'a'",
                    "SET 'execution.runtime-mode' = 'BATCH'",
                    "SET 'execution.runtime-mode' = 'NEVER'",
                    "SET 'parallelism.default' = 'many'",
                    "SET 'pipeline.max-parallelism' = '-1'",
                    "SET 'table.local-time-zone' = 'Nowhere'",
                    "RESET",
                    "RESET 'a'",
                    "LOAD MODULE dropout",
                    "UNLOAD MODULE core",
                    "USE MODULES dropout",
                    "USE CATALOG nowhere",
                    "CREATE TABLE t (a INT) WITH ('connector' = 'datagen')",
                    "CREATE TABLE t (a INT, a INT)",
                    "DROP TABLE t",
                    "ALTER TABLE t RENAME TO u",
                    "CREATE VIEW v AS SELECT MYDROPOUT(a, 1) FROM t",
                    "CREATE TEMPORARY SYSTEM FUNCTION f AS 'no.such.Function'",
                    "ADD JAR 'no-such.jar'",
                    "SELECT",
                    "INSERT INTO t SELECT * FROM nowhere",
                    "EXECUTE STATEMENT SET BEGIN",
                    "BEGIN STATEMENT SET",
                    "END",
                    "QUIT",
                    "",
                    "(",
                    "'",
                    "\u0000");

    @Provide
    Arbitrary<String> scripts() {
        return Combinators.combine(
                        Arbitraries.of(STATEMENTS).list().ofMaxSize(6),
                        Arbitraries.of(";", ";\n", "; -- x\n", "\n"))
                .as((statements, separator) -> String.join(separator, statements));
    }

    @Property
    void scriptIsRunOrRefusedAtALine(@ForAll("scripts") String script) {
        SCRIPT.decode(script.length(), () -> run(script));
    }

    private static String run(String script) throws Exception {
        try {
            new SqlScript(
                            script,
                            new Configuration(),
                            Map.of(),
                            new PrintWriter(new StringWriter()))
                    .run();
            return script;
        } catch (SqlScriptException e) {
            assertThat(e.isSubmitted()).isFalse();
            assertThat(e.line()).isBetween(1, 1 + (int) script.lines().count());
            throw e;
        }
    }
}
