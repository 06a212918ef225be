package org.mydropout.sql;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;
import org.mydropout.flink.FlinkRelease;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The functions of this package by name, in upper or lower case: {@code LOAD MODULE mydropout}. */
@PublicEvolving
public final class MyDropoutModule implements Module {

    private static final String DROPOUT = "mydropout";
    private static final String MASK = "mydropout_mask";
    private static final String STEPS = "mydropout_steps";

    private final ReadableConfig session;

    /**
     * Creates the module.
     *
     * @param session the configuration of the session; read when a function is looked up
     */
    public MyDropoutModule(ReadableConfig session) {
        this.session = session;
    }

    @Override
    public Set<String> listFunctions() {
        return Set.of(DROPOUT, MASK, STEPS);
    }

    /**
     * Returns a function by its name.
     *
     * @throws ValidationException if this Flink release cannot plan the function in the session's
     *     runtime mode
     */
    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case DROPOUT -> Optional.of(new MyDropoutFunction());
            case MASK -> Optional.of(new MyDropoutMaskFunction());
            case STEPS -> {
                requireOrderBy();
                requireStream();
                yield Optional.of(new MyDropoutStepsFunction()); // Flink 1.20 cannot load the class
            }
            default -> Optional.empty();
        };
    }

    /**
     * Refuses MYDROPOUT_STEPS in a Flink that does not sort the input of a process table function.
     */
    static void requireOrderBy() {
        if (!FlinkRelease.isAtLeast("2.3")) {
            throw new ValidationException(
                    "MYDROPOUT_STEPS needs Flink 2.3 or later, but this is Flink "
                            + FlinkRelease.current()
                            + ", which does not sort the input of process table functions. There,"
                            + " COUNT(*) OVER (PARTITION BY id ORDER BY time ROWS UNBOUNDED"
                            + " PRECEDING) - 1 gives the same steps.");
        }
    }

    private void requireStream() {
        if (session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH) {
            throw new ValidationException(
                    "MYDROPOUT_STEPS needs execution.runtime-mode streaming, but it is batch, for"
                            + " which Flink 2.3 has no plan of process table functions. There,"
                            + " ROW_NUMBER() OVER (PARTITION BY id ORDER BY time) - 1 gives the"
                            + " same steps.");
        }
    }
}
