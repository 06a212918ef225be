package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same algorithm in C.
 *
 * @param directory the directory for the compiled program
 * @param seconds how long a case is measured
 * @param avx2 whether registers of 512 bits stay unused
 */
record CProgram(Path directory, int seconds, boolean avx2) {

    private static final String SOURCE = "src/jmh/c/dropout_loop.c";

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
        List<String> compiler =
                new ArrayList<>(
                        List.of(
                                "gcc",
                                "-O3",
                                "-march=native",
                                "-mprefer-vector-width=512",
                                "-fno-trapping-math",
                                "-fopt-info-vec=" + compilerReport(),
                                SOURCE,
                                "-o",
                                program));
        if (avx2) {
            compiler.add("-mno-avx512f");
        }
        ForeignProgram.run(compiler);
        List<String> command = new ArrayList<>(List.of(program, "" + seconds));
        command.addAll(arguments);
        return ForeignProgram.measure(command);
    }

    /**
     * Whether the compiler says that it vectorized the plain loop of a layout.
     *
     * @throws IOException if the program has not been compiled
     */
    boolean isVectorized(String layout) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(SOURCE));
        int line = lines.indexOf("DROPOUT(" + layout + ") {");
        while (!lines.get(line).contains("for (")) {
            line++;
        }
        String loop = SOURCE + ":" + (line + 1) + ":";
        return Files.readAllLines(compilerReport()).stream()
                .anyMatch(remark -> remark.startsWith(loop) && remark.contains("loop vectorized"));
    }

    private Path compilerReport() {
        return directory.resolve("dropout_loop.vectorized");
    }
}
