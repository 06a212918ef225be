package org.mydropout.job.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.kafka.common.KafkaException;
import org.mydropout.job.file.FileLineSink;
import org.mydropout.job.file.LineFiles;
import org.mydropout.job.kafka.FirstMessage;
import org.mydropout.job.kafka.KafkaLineSink;
import org.mydropout.job.kafka.KafkaOptions;
import org.mydropout.job.record.CsvHeader;
import org.mydropout.job.record.Format;
import org.mydropout.job.record.LineSink;
import org.mydropout.job.record.RecordSchema;
import org.mydropout.job.record.RefusedLineException;
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
        Optional<LineSink> sink = new SinkReader(options).written();
        Optional<Format> format = options.required(JobOptions.SOURCE_FORMAT, "json or csv");
        if (!options.problems().isEmpty() || sink.isEmpty() || format.isEmpty()) {
            throw new InvalidJobException(options.problems());
        }
        String provenance =
                (sink.get() instanceof KafkaLineSink topic
                                ? read(topic, format.get(), job)
                                : read(((FileLineSink) sink.get()).path(), format.get()))
                        .orElseThrow(
                                () ->
                                        new InvalidJobException(
                                                List.of(
                                                        "The records in %s must have the field %s where sink.provenance is true, but the first has not."
                                                                .formatted(
                                                                        sink.get().description(),
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

    private static Optional<String> read(KafkaLineSink topic, Format format, Configuration job)
            throws InvalidJobException {
        try {
            Optional<byte[]> value = FirstMessage.value(topic);
            if (format == Format.JSON) {
                return value.flatMap(line -> TextField.ofJson(line, RecordSchema.PROVENANCE_FIELD));
            }
            List<String> columns =
                    new ArrayList<>(job.get(KafkaOptions.SOURCE_CSV_COLUMNS, List.of()));
            if (!columns.contains(job.get(JobOptions.SOURCE_FIELD_STEP))) {
                columns.add(job.get(JobOptions.SOURCE_FIELD_STEP));
            }
            columns.add(RecordSchema.PROVENANCE_FIELD);
            byte[] header = CsvHeader.of(columns).line();
            return value.flatMap(
                    line -> TextField.ofCsv(line, header, RecordSchema.PROVENANCE_FIELD));
        } catch (KafkaException e) {
            throw new InvalidJobException(
                    List.of(
                            "sink.topic must hold the output of a job, but %s cannot be read: %s"
                                    .formatted(topic.topic(), e.getMessage())));
        } catch (RefusedLineException e) {
            throw new InvalidJobException(
                    List.of("source.csv.columns is wrong. " + e.getMessage()));
        }
    }
}
