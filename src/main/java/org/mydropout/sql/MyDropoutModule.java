package org.mydropout.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** The functions of this package under their names, in any case: {@code LOAD MODULE mydropout}. */
@PublicEvolving
public final class MyDropoutModule implements Module {

    private static final Map<String, FunctionDefinition> FUNCTIONS =
            Map.of("mydropout", new MyDropoutFunction());

    @Override
    public Set<String> listFunctions() {
        return FUNCTIONS.keySet();
    }

    @Override
    public Optional<FunctionDefinition> getFunctionDefinition(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT)));
    }
}
