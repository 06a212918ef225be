package org.mydropout.fuzz;

import java.util.Random;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Sets the seed of all properties. It is the same in each build, NUMBER with {@code
 * -Dfuzz.seed=NUMBER}, and a new one, which is printed, with {@code -Dfuzz.seed=random}.
 */
public final class FuzzSeed implements AroundPropertyHook {

    private static final String SEED = seed(System.getProperty("fuzz.seed", "42"));

    private static String seed(String option) {
        if (!option.equals("random")) {
            return option;
        }
        long seed = new Random().nextLong();
        System.out.println("Fuzzing with a new seed. To repeat it: -Dfuzz.seed=" + seed);
        return Long.toString(seed);
    }

    @Override
    public PropertyExecutionResult aroundProperty(
            PropertyLifecycleContext context, PropertyExecutor property) {
        context.attributes().setSeed(SEED);
        return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }
}
