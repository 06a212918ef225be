package org.mydropout.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;
import org.mydropout.flink.FlinkRelease;

/** The functions of this package by name, in upper or lower case: {@code LOAD MODULE mydropout}. */
@PublicEvolving
public final class MyDropoutModule implements Module {

    private static final String DROPOUT = "mydropout";
    private static final String MASK = "mydropout_mask";
    private static final String STEPS = "mydropout_steps";
    private static final String SAMPLE = "sample";
    private static final String SPLIT = "split";

    /** What finds SPLIT, too, where Flink's own function of that name comes first. */
    private static final String OUR_SPLIT = "mydropout_split";

    private static final Map<String, LayerCall> LAYERS =
            LayerCall.all()
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    call -> call.function().toLowerCase(Locale.ROOT),
                                    Function.identity()));

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
        Set<String> names = new TreeSet<>(LAYERS.keySet());
        names.addAll(List.of(DROPOUT, MASK, STEPS, SAMPLE, SPLIT, OUR_SPLIT));
        return names;
    }

    /**
     * Returns a function by its name.
     *
     * @throws ValidationException if this Flink release cannot plan the function in the session's
     *     runtime mode
     */
    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return switch (lowerCase) {
            case DROPOUT -> Optional.of(new MyDropoutFunction());
            case MASK -> Optional.of(new MyDropoutMaskFunction());
            case STEPS -> {
                requireOrderBy();
                requireStream();
                yield Optional.of(new MyDropoutStepsFunction()); // Flink 1.20 cannot load the class
            }
            case SAMPLE -> Optional.of(new SampleFunction());
            case SPLIT, OUR_SPLIT -> Optional.of(new SplitFunction());
            default -> Optional.ofNullable(LAYERS.get(lowerCase)).map(LayerFunction::new);
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
