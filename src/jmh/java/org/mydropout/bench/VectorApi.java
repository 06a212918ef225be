package org.mydropout.bench;

import java.lang.module.ModuleFinder;
import java.util.stream.Stream;
import org.mydropout.kernel.layer.MyDropout;

/** The JDK's Vector API, which is measured if the JDK has it. */
final class VectorApi {

    private static final String MODULE = "jdk.incubator.vector";

    /** The JVM argument that enables it. */
    static final String ARGUMENT = "--add-modules=" + MODULE;

    /** The reason for missing numbers. */
    static final String MISSING = "This JDK has no module " + MODULE + ".";

    private VectorApi() {}

    /** Whether this JDK has the module, enabled or not. */
    static boolean exists() {
        return ModuleFinder.ofSystem().find(MODULE).isPresent();
    }

    /** JVM arguments, and its own where it exists. */
    static String[] with(String... arguments) {
        Stream<String> own = exists() ? Stream.of(ARGUMENT) : Stream.empty();
        return Stream.concat(Stream.of(arguments), own).toArray(String[]::new);
    }

    /** Checks that the kernel uses it in a JVM with the argument. */
    static void requireUse() {
        if (ModuleLayer.boot().findModule(MODULE).isPresent() && !MyDropout.usesVectorApi()) {
            throw new IllegalStateException(
                    "The JVM has module " + MODULE + ", but the kernel does not use it.");
        }
    }
}
