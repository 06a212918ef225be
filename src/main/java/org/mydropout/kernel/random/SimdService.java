package org.mydropout.kernel.random;

import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Loops over arrays that exist twice: in plain Java, and with the JDK's incubating Vector API as a
 * service ({@link ServiceLoader}). Both give the same bits. A package of the kernel that has such
 * loops has one such interface. The services are this project's own and are not meant to be
 * implemented elsewhere.
 */
public interface SimdService {

    /** Whether this form is worth using on this JVM; the answer does not change. */
    default boolean suitsThisJvm() {
        return true;
    }

    /**
     * The form for this JVM: the one with the Vector API if the JVM was started with {@code
     * --add-modules=jdk.incubator.vector} and has SIMD registers for it, otherwise plain Java. A
     * JVM whose compiler is not C2 runs the former, too, but slowly. A JVM whose module has changed
     * since, as incubating modules may, fails to link it and has to go without the module.
     */
    static <T extends SimdService> T fastest(Class<T> service, Supplier<? extends T> plain) {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return plain.get();
        }
        return ServiceLoader.load(service, service.getClassLoader())
                .findFirst()
                .filter(SimdService::suitsThisJvm)
                .orElseGet(plain);
    }
}
