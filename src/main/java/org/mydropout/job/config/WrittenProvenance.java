package org.mydropout.job.config;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.file.LineFiles;
import org.mydropout.job.record.Format;
import org.mydropout.job.record.RecordSchema;
import org.mydropout.job.record.TextField;

/** Reads the provenance that the records of an output carry. */
final class WrittenProvenance {

    private WrittenProvenance() {}

    /**
     * Sets the options of a job to what its output was made with, read from its first record: all
     * others must have the same, since a verification compares it like every other field.
     *
     * @throws InvalidJobException if there is no output, or none with a provenance
     */
    static void take(Configuration job) throws InvalidJobException {
        OptionReader options = new OptionReader(job);
        Optional<Path> path = options.path(JobOptions.SINK_PATH, "a directory");
        Optional<Format> format = options.required(JobOptions.SOURCE_FORMAT, "json or csv");
        if (path.isEmpty() || format.isEmpty()) {
            throw new InvalidJobException(options.problems());
        }
        String provenance =
                read(path.get(), format.get())
                        .orElseThrow(
                                () ->
                                        new InvalidJobException(
                                                List.of(
                                                        "The records in sink.path, %s, must have the field %s where sink.provenance is true, but the first has not."
                                                                .formatted(
                                                                        path.get(),
                                                                        RecordSchema
                                                                                .PROVENANCE_FIELD))));
        Provenance.clear(job);
        Provenance.options(provenance).forEach(job::setString);
    }

    private static Optional<String> read(Path path, Format format) throws InvalidJobException {
        try {
            int head = format == Format.CSV ? 1 : 0;
            List<byte[]> lines = LineFiles.firstLines(path, LineFiles.MAX_LINE_SIZE, head + 1);
            if (lines.size() <= head) {
                return Optional.empty();
            }
            return format == Format.CSV
                    ? TextField.ofCsv(lines.get(1), lines.get(0), RecordSchema.PROVENANCE_FIELD)
                    : TextField.ofJson(lines.get(0), RecordSchema.PROVENANCE_FIELD);
        } catch (IOException e) {
            throw new InvalidJobException(
                    List.of(
                            "sink.path must hold the output of a job, but %s cannot be read: %s"
                                    .formatted(path, e.getMessage())));
        }
    }
}
