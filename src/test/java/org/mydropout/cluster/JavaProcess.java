package org.mydropout.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A separate JVM with its output in a file. */
final class JavaProcess {

    /**
     * Arguments of a small JVM that starts quickly, with the packages open that Flink's scripts
     * open.
     */
    private static final List<String> JVM_ARGUMENTS =
            List.of(
                    "-Xmx256m",
                    "-XX:MaxDirectMemorySize=256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    // A busy machine takes longer than the 10 s of the default. Flink's option
                    // pekko.startup-timeout sets pekko.remote.startup-timeout, which nobody reads.
                    "-Dpekko.remote.classic.startup-timeout=120s",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED");

    private final Process process;
    private final Path log;

    private JavaProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the main method of a class.
     *
     * @param jvmArguments JVM arguments in addition to those of every process
     * @param log the file for standard output and error, which is overwritten
     */
    static JavaProcess start(
            List<String> jvmArguments,
            List<Path> classPath,
            Map<String, String> environment,
            Path log,
            String mainClass,
            List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_ARGUMENTS);
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(
                String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
        command.add(Leash.class.getName());
        command.add(mainClass);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // A Flink installation on this machine must not have an effect.
        builder.environment().keySet().removeIf(name -> name.startsWith("FLINK_"));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.getParent());
            return new JavaProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(mainClass + " could not be started.", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the process with SIGKILL and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops the process with SIGSTOP, as a virtual machine that is moved. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets a frozen process continue. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("kill -%s ended with %d.".formatted(name, status));
        }
    }

    /** Waits until the process ends by itself and returns its exit status. */
    int exitStatus(Duration deadline) throws InterruptedException {
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(
                    "The process must end within " + deadline + ", but runs on:\n" + output());
        }
        return process.exitValue();
    }

    /** The output of the process so far. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("The log cannot be read.", e);
        }
    }
}
