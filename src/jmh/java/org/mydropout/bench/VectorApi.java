package org.mydropout.bench;

import java.lang.module.ModuleFinder;
import org.mydropout.kernel.layer.MyDropout;

/** The JDK's Vector API, with which a JVM is measured if its JDK has it. */
final class VectorApi {

    private static final String MODULE = "jdk.incubator.vector";

    /** The argument of a JVM that uses it. */
    static final String ARGUMENT = "--add-modules=" + MODULE;

    /** Why there are no numbers. */
    static final String MISSING = "This JDK has no module " + MODULE + ".";

    private VectorApi() {}

    /** Whether this JDK has it, used or not. */
    static boolean exists() {
        return ModuleFinder.ofSystem().find(MODULE).isPresent();
    }

    /** Makes sure that the kernel uses it in a JVM that was started with the argument. */
    static void requireUse() {
        if (ModuleLayer.boot().findModule(MODULE).isPresent() && !MyDropout.usesVectorApi()) {
            throw new IllegalStateException(
                    "The JVM has module " + MODULE + ", but the kernel does not use it.");
        }
    }
}
