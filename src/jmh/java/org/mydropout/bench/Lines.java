package org.mydropout.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.StringJoiner;

/** Writes the input of benchmarks. */
final class Lines {

    private static final int IDS = 1000;

    private Lines() {}

    /** Writes JSON lines with normally distributed vectors, the same ones each time. */
    static void write(Path file, int size, long records) throws IOException {
        Random random = new Random(42);
        try (Writer writer = Files.newBufferedWriter(file)) {
            for (long i = 0; i < records; i++) {
                StringJoiner features = new StringJoiner(",");
                for (int k = 0; k < size; k++) {
                    features.add(Float.toString((float) random.nextGaussian()));
                }
                writer.write(
                        "{\"id\":%d,\"step\":%d,\"place\":\"a line\",\"features\":[%s]}\n"
                                .formatted(i % IDS, i / IDS, features));
            }
        }
    }
}
