package org.mydropout.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.FileUtils;

/** Runs a job on an input that is many times larger than its heap. */
final class LargeInput {

    private static final int SIZE = 128;

    /** Records with 128 elements, whose lines have about 1,430 bytes. */
    private static final long RECORDS_IN_A_GIGABYTE = 700_000;

    private LargeInput() {}

    /**
     * Writes the input, runs the sample job on it in a JVM with a heap of 1 GiB, and counts the
     * output.
     *
     * @param directory the directory for input and output, which are deleted at the end
     * @throws IOException if the job fails, or does not write as many records as it read
     */
    static Table measure(Path directory, int gigabytes) throws IOException, InterruptedException {
        Path input = directory.resolve("large.jsonl");
        Path output = directory.resolve("large");
        long records = gigabytes * RECORDS_IN_A_GIGABYTE;
        try {
            Lines.write(input, SIZE, records);
            long start = System.nanoTime();
            List<String> command = SampleJob.command(input, output);
            command.add(1, "-Xmx1g");
            String summary = ForeignProgram.run(command);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!summary.replaceAll(" +", " ").contains("records out %,d ".formatted(records))) {
                throw new IOException(
                        "The job must write %,d records, but says:%n%s"
                                .formatted(records, summary));
            }
            return new Table(
                    "JSON lines to JSON lines in a heap of 1 GiB, two subtasks",
                    "records/s",
                    true,
                    List.of(
                            new Row(
                                    "job",
                                    "MyDropout",
                                    Map.of("" + SIZE, records / seconds),
                                    "%.1f GB in %.0f s"
                                            .formatted(Files.size(input) / 1e9, seconds))));
        } finally {
            Files.deleteIfExists(input);
            FileUtils.deleteDirectory(output.toFile());
        }
    }
}
