package org.mydropout.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileSystemFactory;
import org.mydropout.job.Main;

/** What is on the class path of the cluster's processes, and the jar that a user submits. */
final class ClusterJars {

    private static final List<Path> CLASS_PATH =
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Path::of)
                    .toList();

    /** Parts of the paths of what the project needs beside Flink. */
    private static final List<String> OURS =
            List.of(
                    "/info/picocli/",
                    "/com/fasterxml/jackson/core/",
                    "/com/fasterxml/jackson/datatype/",
                    "/org/apache/flink/flink-connector-kafka/",
                    "/org/apache/kafka/kafka-clients/");

    /** Both Flink's and ours. */
    private static final List<String> SHARED =
            List.of("/org/apache/commons/commons-text/", "/org/apache/commons/commons-lang3/");

    /** Parts of the paths of what only tests need. */
    private static final List<String> TEST_ONLY =
            List.of(
                    "/org/junit/",
                    "/junit/",
                    "/org/assertj/",
                    "/org/awaitility/",
                    "/net/jqwik/",
                    "/com/tngtech/",
                    "/com/fasterxml/",
                    "/org/apache/kafka/",
                    "/org/scala-lang/",
                    "/flink-test-utils",
                    "-tests.jar");

    private ClusterJars() {}

    /** The jars of a Flink distribution, and one of ours with what the tests add to it. */
    static List<Path> flink(Path directory) throws IOException {
        Path additions = directory.resolve("test-additions.jar");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(additions))) {
            Path classes = location(Leash.class);
            String folder = Leash.class.getPackageName().replace('.', '/');
            for (Class<?> type : List.of(Leash.class, ThrottledFileSystem.class)) {
                addTree(jar, classes, classes.resolve(folder), type.getSimpleName());
            }
            jar.putNextEntry(
                    new JarEntry("META-INF/services/" + FileSystemFactory.class.getName()));
            jar.write(ThrottledFileSystem.Factory.class.getName().getBytes(StandardCharsets.UTF_8));
        }
        return Stream.concat(
                        Stream.of(additions),
                        jars().filter(path -> !isAny(path, OURS) && !isAny(path, TEST_ONLY)))
                .toList();
    }

    /** Our classes, and the libraries they need as jars in the jar, as Flink allows. */
    static Path job(Path directory) throws IOException {
        Path file = directory.resolve("flink-mydropout.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            addTree(jar, location(Main.class), location(Main.class), "");
            for (Path library :
                    jars().filter(path -> isAny(path, OURS) || isAny(path, SHARED)).toList()) {
                add(jar, "lib/" + library.getFileName(), library);
            }
        }
        return file;
    }

    private static Stream<Path> jars() {
        return CLASS_PATH.stream().filter(path -> path.toString().endsWith(".jar"));
    }

    private static boolean isAny(Path path, List<String> parts) {
        String text = path.toString().replace(File.separatorChar, '/');
        return parts.stream().anyMatch(text::contains);
    }

    private static Path location(Class<?> type) {
        return Path.of(
                java.net.URI.create(
                        type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void addTree(JarOutputStream jar, Path root, Path from, String prefix)
            throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().startsWith(prefix)) {
                    add(
                            jar,
                            root.relativize(file).toString().replace(File.separatorChar, '/'),
                            file);
                }
            }
        }
    }

    private static void add(JarOutputStream jar, String name, Path file) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        Files.copy(file, jar);
        jar.closeEntry();
    }
}
