package org.mydropout.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program outside this JVM. */
final class ForeignProgram {

    private ForeignProgram() {}

    /**
     * Runs a program that prints lines of {@code name,size,nanoseconds}.
     *
     * @return nanoseconds by name and size, in the order of the output
     * @throws IOException if the program is missing or fails; the message says which
     */
    static Map<String, Map<String, Double>> measure(List<String> command)
            throws IOException, InterruptedException {
        Map<String, Map<String, Double>> measured = new LinkedHashMap<>();
        for (String line : run(command).lines().toList()) {
            int size = line.lastIndexOf(',', line.lastIndexOf(',') - 1);
            String[] numbers = line.substring(size + 1).split(",", 2);
            measured.computeIfAbsent(line.substring(0, size), name -> new LinkedHashMap<>())
                    .put(numbers[0], Double.valueOf(numbers[1]));
        }
        return measured;
    }

    /**
     * Runs a command to its end. Its standard error goes to the console.
     *
     * @return its standard output
     * @throws IOException if the program is missing or fails
     */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(command.get(0) + " failed with status " + status + ".");
        }
        return output;
    }
}
