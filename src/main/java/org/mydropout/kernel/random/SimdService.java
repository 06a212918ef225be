package org.mydropout.kernel.random;

import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * Loops over arrays that have two implementations with the same bits: plain Java, and the JDK's
 * incubating Vector API, which {@link ServiceLoader} finds. A package of the kernel with such loops
 * has one subinterface. It is not meant to be implemented outside of this project.
 */
public interface SimdService {

    /** Whether this implementation is fast on this JVM. The answer does not change. */
    default boolean suitsThisJvm() {
        return true;
    }

    /**
     * The implementation for this JVM: the Vector API if the JVM was started with {@code
     * --add-modules=jdk.incubator.vector} and has SIMD registers for it, otherwise plain Java. With
     * a compiler other than C2 the Vector API works, but is slow. An incubating module may change:
     * a JVM that cannot link against it has to start without the module.
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
