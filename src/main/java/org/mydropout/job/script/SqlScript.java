package org.mydropout.job.script;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.api.internal.TableResultImpl;
import org.apache.flink.table.api.internal.TableResultInternal;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.SetOperation;

/**
 * A script of SQL statements, run as Flink's SQL client runs one with {@code -f}: one statement
 * after the other, each INSERT until its job ends.
 *
 * <p>{@code SET} changes the configuration. {@code execution.runtime-mode} can only be set before
 * all other statements, because the mode of a Flink table environment cannot change.
 *
 * <p>This class casts to Flink's internal types, as Flink's SQL client does. The public types
 * cannot distinguish a SET from an INSERT, and print results only to the process's output.
 */
@Internal
public final class SqlScript {

    private final SqlStatements statements;
    private final Configuration configuration;
    private final Map<String, String> overrides;
    private final PrintWriter out;

    /** Created again by each SET before the first other statement; does not change afterwards. */
    private TableEnvironmentInternal tables;

    private boolean begun;
    private boolean submitted;

    /**
     * @param text the statements
     * @param configuration the configuration that SET statements override; copied
     * @param overrides values that override SET statements
     * @param out receives a line for each INSERT, and the results of queries
     */
    public SqlScript(
            String text,
            Configuration configuration,
            Map<String, String> overrides,
            PrintWriter out) {
        this.statements = new SqlStatements(text);
        this.configuration = new Configuration(configuration);
        this.overrides = Map.copyOf(overrides);
        // Flink's planner gives uids only to the operators of compiled plans.
        this.configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        overrides.forEach(this.configuration::setString);
        this.out = out;
        this.tables = environment();
    }

    /**
     * Runs all statements.
     *
     * @throws SqlScriptException at the first statement that fails
     */
    public void run() throws SqlScriptException, InterruptedException {
        try {
            Optional<Operation> operation = statements.next(this::parse);
            while (operation.isPresent()) {
                run(operation.get());
                operation = statements.next(this::parse);
            }
        } catch (ExecutionException e) {
            throw SqlScriptException.failed(statements.line(), e);
        } catch (RuntimeException e) { // from Flink, or from Calcite through Flink
            throw SqlScriptException.refused(statements.line(), submitted, e);
        }
    }

    private Operation parse(String statement) {
        List<Operation> operations = tables.getParser().parse(statement);
        return operations.get(0);
    }

    private void run(Operation operation) throws ExecutionException, InterruptedException {
        if (operation instanceof SetOperation set) {
            set(set);
            return;
        }
        begun = true;
        boolean insert =
                operation instanceof ModifyOperation || operation instanceof StatementSetOperation;
        long start = System.nanoTime();
        TableResultInternal result = tables.executeInternal(operation);
        Optional<JobClient> job = result.getJobClient();
        submitted |= job.isPresent();
        if (insert && job.isPresent()) {
            job.get().getJobExecutionResult().get();
            out.printf(
                    "The INSERT of line %d is done, in %.1f s.%n",
                    statements.line(), (System.nanoTime() - start) / 1e9);
            out.flush();
        } else if (result.getResultKind() == ResultKind.SUCCESS_WITH_CONTENT) {
            print(result);
        }
    }

    /** As {@link TableResult#print()}, which can only print to the process's output. */
    private void print(TableResultInternal result) throws ExecutionException {
        try {
            ((TableResultImpl) result).getPrintStyle().print(result.collectInternal(), out);
        } catch (RuntimeException e) { // CollectResultIterator wraps a job's failure in it
            throw new ExecutionException(e);
        }
    }

    private void set(SetOperation set) {
        String key =
                set.getKey()
                        .orElseThrow(
                                () -> new ValidationException("SET must have a key and a value."));
        String value = set.getValue().orElseThrow();
        if (overrides.containsKey(key)) {
            return;
        }
        if (!begun) {
            configuration.setString(key, value);
            tables = environment();
        } else if (key.equals(ExecutionOptions.RUNTIME_MODE.key())) {
            throw new ValidationException(
                    key + " must be set before all statements other than SET.");
        } else {
            tables.getConfig().set(key, value);
        }
    }

    private TableEnvironmentInternal environment() {
        return (TableEnvironmentInternal)
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.getExecutionEnvironment(configuration));
    }
}
