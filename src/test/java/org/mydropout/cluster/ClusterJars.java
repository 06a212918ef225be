package org.mydropout.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileSystemFactory;

/** The jars that {@code mvn package} makes, and the class path of a cluster's processes. */
final class ClusterJars {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private ClusterJars() {}

    /**
     * The jars of a Flink distribution: the provided dependencies of the pom and their
     * dependencies.
     */
    static List<Path> flink() throws IOException {
        String classPath = Files.readString(TARGET.resolve("flink.classpath"));
        return Stream.of(classPath.strip().split(File.pathSeparator)).map(Path::of).toList();
    }

    /**
     * The jars of a Flink distribution, and one with the classes that the tests add to it.
     *
     * @param more further classes for this test
     */
    static List<Path> flink(Path directory, Class<?>... more) throws IOException {
        List<Class<?>> additions = new ArrayList<>(List.of(more));
        additions.addAll(List.of(Leash.class, ThrottledFileSystem.class, AdjustableClock.class));
        List<Path> all = new ArrayList<>(flink());
        all.add(jar(directory.resolve("test-additions.jar"), additions));
        return all;
    }

    private static Path jar(Path file, List<Class<?>> additions) throws IOException {
        Path classes = TARGET.resolve("test-classes");
        Path folder = classes.resolve(Leash.class.getPackageName().replace('.', '/'));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                Stream<Path> types = Files.list(folder)) {
            for (Path type : types.filter(path -> isOf(additions, path)).toList()) {
                jar.putNextEntry(new JarEntry(name(classes, type)));
                Files.copy(type, jar);
            }
            jar.putNextEntry(
                    new JarEntry("META-INF/services/" + FileSystemFactory.class.getName()));
            jar.write(ThrottledFileSystem.Factory.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** Whether a file belongs to one of these classes, or to a class nested in one. */
    private static boolean isOf(List<Class<?>> types, Path file) {
        String name = file.getFileName().toString().replaceFirst("(\\$.*)?\\.class$", "");
        return types.stream().anyMatch(type -> type.getSimpleName().equals(name));
    }

    /** The jar that a user submits: {@code target/flink-mydropout-VERSION.jar}. */
    static Path job() throws IOException {
        return packaged("");
    }

    /** The artifact with the classifier {@code operator}. */
    static Path operator() throws IOException {
        return packaged("-operator");
    }

    /**
     * Finds a jar, and checks that it was built from the code under test.
     *
     * @throws IllegalStateException if the jar is missing, or older than the classes
     */
    private static Path packaged(String classifier) throws IOException {
        Path file = TARGET.resolve("flink-mydropout-" + version() + classifier + ".jar");
        Path classes = TARGET.resolve("classes");
        try (JarFile jar = new JarFile(file.toFile());
                Stream<Path> files = Files.walk(classes)) {
            for (Path type : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                JarEntry entry = jar.getJarEntry(name(classes, type));
                if (entry == null ? classifier.isEmpty() : !isEqual(jar, entry, type)) {
                    throw unusable(file, "another " + type.getFileName(), null);
                }
            }
        } catch (NoSuchFileException e) {
            throw unusable(file, "no such file", e);
        }
        return file;
    }

    private static boolean isEqual(JarFile jar, JarEntry entry, Path file) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return Arrays.equals(in.readAllBytes(), Files.readAllBytes(file));
        }
    }

    private static IllegalStateException unusable(Path jar, String found, Exception cause) {
        return new IllegalStateException(
                "The jar must be that of the classes in target/classes, which 'mvn package -DskipTests'"
                        + " makes, but there is %s: %s.".formatted(found, jar),
                cause);
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream in =
                ClusterJars.class.getResourceAsStream("/flink-mydropout.properties")) {
            properties.load(in);
        }
        return properties.getProperty("version");
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }
}
