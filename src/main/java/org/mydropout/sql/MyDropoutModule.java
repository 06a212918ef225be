package org.mydropout.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** The functions of this package under their names, in any case: {@code LOAD MODULE mydropout}. */
@PublicEvolving
public final class MyDropoutModule implements Module {

    private static final String STEPS = "mydropout_steps";

    private static final Map<String, FunctionDefinition> FUNCTIONS =
            Map.of("mydropout", new MyDropoutFunction(), STEPS, new MyDropoutStepsFunction());

    private final ReadableConfig session;

    /**
     * Creates the module.
     *
     * @param session the configuration of the session, as it is when a function is looked up
     */
    public MyDropoutModule(ReadableConfig session) {
        this.session = session;
    }

    @Override
    public Set<String> listFunctions() {
        return FUNCTIONS.keySet();
    }

    /**
     * Returns a function by its name.
     *
     * @throws ValidationException if it is one that Flink has no plan for in batch mode, and the
     *     session is in that mode
     */
    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (key.equals(STEPS)
                && session.get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH) {
            throw new ValidationException(
                    "MYDROPOUT_STEPS needs execution.runtime-mode streaming, but it is batch, for"
                            + " which Flink 2.3 has no plan of process table functions. There,"
                            + " ROW_NUMBER() OVER (PARTITION BY id ORDER BY time) - 1 gives the"
                            + " same steps.");
        }
        return Optional.ofNullable(FUNCTIONS.get(key));
    }
}
