package org.mydropout.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.util.Arrays;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassReader;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.ClassWriter;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Handle;
import org.apache.flink.shaded.asm9.org.objectweb.asm.MethodVisitor;
import org.apache.flink.shaded.asm9.org.objectweb.asm.Opcodes;

/**
 * A wall clock for JVMs, which a test can set. In a JVM that has it as an agent, the classes of
 * Flink and of this project call {@link #currentTimeMillis} instead of {@link
 * System#currentTimeMillis}. The clock that measures durations ({@link System#nanoTime}) goes on as
 * it was, as on a machine whose clock is set.
 */
public final class AdjustableClock implements ClassFileTransformer {

    private static final String SELF = AdjustableClock.class.getName().replace('.', '/');
    private static final String METHOD = "currentTimeMillis";

    /** Of an agent: the file with the offset. */
    private static volatile Path offset;

    private AdjustableClock() {}

    /** Begins an agent. A JVM calls this for {@code -javaagent:JAR=FILE}. */
    public static void premain(String file, Instrumentation instrumentation) {
        offset = Path.of(file);
        instrumentation.addTransformer(new AdjustableClock());
    }

    /**
     * Writes the jar of the agent. The class itself is on the class path.
     *
     * @param jar a file in a directory, which need not exist
     */
    static void writeAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", AdjustableClock.class.getName());
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    /**
     * Sets the clock.
     *
     * @param file the file that the agents were given
     * @param ahead how far the clock is ahead; negative if it is behind
     */
    static void set(Path file, Duration ahead) throws IOException {
        // No reader may see half of it.
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, Long.toString(ahead.toMillis()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The time in the JVM of an agent, in milliseconds since the epoch. */
    public static long currentTimeMillis() {
        try {
            return System.currentTimeMillis() + Long.parseLong(Files.readString(offset));
        } catch (IOException e) {
            throw new UncheckedIOException("The clock's offset cannot be read.", e);
        }
    }

    @Override
    public byte[] transform(
            ClassLoader loader,
            String name,
            Class<?> redefined,
            ProtectionDomain domain,
            byte[] bytes) {
        boolean replaced =
                name != null
                        && (name.startsWith("org/apache/flink/")
                                || name.startsWith("org/mydropout/"))
                        && !name.contains("/shaded/")
                        // The class loader of Flink's RPC cannot see this class.
                        && !name.contains("/pekko/")
                        && !name.equals(SELF);
        if (!replaced) {
            return null;
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(new Calls(writer), 0);
        return writer.toByteArray();
    }

    /** Replaces the calls in a class, and the references to the method. */
    private static final class Calls extends ClassVisitor {

        Calls(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        private static boolean isClock(String owner, String name) {
            return owner.equals("java/lang/System") && name.equals(METHOD);
        }

        private static Object replaced(Object argument) {
            return argument instanceof Handle handle && isClock(handle.getOwner(), handle.getName())
                    ? new Handle(handle.getTag(), SELF, METHOD, handle.getDesc(), false)
                    : argument;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String type, boolean isInterface) {
                    super.visitMethodInsn(
                            opcode,
                            isClock(owner, called) ? SELF : owner,
                            called,
                            type,
                            isInterface);
                }

                @Override
                public void visitInvokeDynamicInsn(
                        String called, String type, Handle bootstrap, Object... arguments) {
                    super.visitInvokeDynamicInsn(
                            called,
                            type,
                            bootstrap,
                            Arrays.stream(arguments).map(Calls::replaced).toArray());
                }
            };
        }
    }
}
