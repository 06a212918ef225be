package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same algorithm in C.
 *
 * @param directory the directory for the compiled program
 * @param seconds how long a case is measured
 */
record CProgram(Path directory, int seconds) {

    /**
     * Compiles the program and runs it.
     *
     * @param arguments the arguments, described in its source
     * @return nanoseconds by name and size, in the order of the output
     * @throws IOException if there is no compiler, or compiling or running fails; the message says
     *     which
     */
    Map<String, Map<String, Double>> measure(List<String> arguments)
            throws IOException, InterruptedException {
        String program = directory.resolve("dropout_loop").toString();
        ForeignProgram.run(
                List.of(
                        "gcc",
                        "-O3",
                        "-march=native",
                        "-mprefer-vector-width=512",
                        "src/jmh/c/dropout_loop.c",
                        "-o",
                        program));
        List<String> command = new ArrayList<>(List.of(program, "" + seconds));
        command.addAll(arguments);
        return ForeignProgram.measure(command);
    }
}
