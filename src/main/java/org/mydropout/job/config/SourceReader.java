package org.mydropout.job.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.fs.Path;
import org.mydropout.job.config.JobOptions.Connector;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.connector.file.FileRecordSource;
import org.mydropout.job.connector.file.LineFiles;
import org.mydropout.job.connector.kafka.KafkaOptions;
import org.mydropout.job.connector.kafka.KafkaRecordSource;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextFormat;

/** Reads the {@code source.*} options, and looks at the files they name. */
final class SourceReader {

    static final String CONNECTORS = "filesystem or kafka";
    private static final String FORMATS = "json or csv";

    private static final String SIZE_RULE = "from 1 byte to 1 gb";

    private final OptionReader options;

    SourceReader(OptionReader options) {
        this.options = options;
    }

    /**
     * The source.
     *
     * @param schema the fields that CSV must have columns for
     * @return empty if anything is wrong with it
     */
    Optional<RecordSource> read(RecordSchema schema) {
        Optional<Connector> connector = options.required(JobOptions.SOURCE_CONNECTOR, CONNECTORS);
        Optional<TextFormat> format = options.required(JobOptions.SOURCE_FORMAT, FORMATS);
        format.ifPresent(this::checkSinkFormat);
        if (connector.isEmpty()) {
            return Optional.empty();
        }
        options.problems(
                KnownOptions.ofOtherConnector(
                        options.configuration().keySet(), "source", connector.get()));
        if (connector.get() == Connector.FILESYSTEM) {
            return files(format, schema).map(RecordSource.class::cast);
        }
        Optional<KafkaRecordSource> topics = new KafkaSourceReader(options).read(format);
        topics.flatMap(KafkaRecordSource::header)
                .ifPresent(
                        header ->
                                checkColumns(
                                        schema, header, KafkaOptions.SOURCE_CSV_COLUMNS.key()));
        return topics.map(RecordSource.class::cast);
    }

    private Optional<FileRecordSource> files(Optional<TextFormat> format, RecordSchema schema) {
        Optional<Path> path = options.path(JobOptions.SOURCE_PATH, "a file or directory");
        Optional<Integer> maxLineSize = maxLineSize();
        if (path.isEmpty() || format.isEmpty() || maxLineSize.isEmpty()) {
            return Optional.empty();
        }
        return firstLine(path.get(), maxLineSize.get())
                .flatMap(line -> source(path.get(), format.get(), maxLineSize.get(), line, schema));
    }

    private void checkSinkFormat(TextFormat sourceFormat) {
        Optional<TextFormat> sinkFormat = options.optional(JobOptions.SINK_FORMAT, FORMATS);
        if (sinkFormat.isPresent() && sinkFormat.get() != sourceFormat) {
            options.problem(
                    ("sink.format must be the source's, %s, since every other field passes untouched,"
                                    + " but is %s.")
                            .formatted(sourceFormat, sinkFormat.get()));
        }
    }

    private Optional<Integer> maxLineSize() {
        Optional<MemorySize> size = options.optional(JobOptions.SOURCE_MAX_LINE_SIZE, SIZE_RULE);
        if (size.isPresent()
                && (size.get().getBytes() < 1 || size.get().getBytes() > LineFiles.MAX_LINE_SIZE)) {
            options.problem(
                    "%s must be %s, but is %s."
                            .formatted(
                                    JobOptions.SOURCE_MAX_LINE_SIZE.key(), SIZE_RULE, size.get()));
            return Optional.empty();
        }
        return size.map(bytes -> (int) bytes.getBytes());
    }

    /** The first line of the source, empty bytes where it has none. */
    private Optional<byte[]> firstLine(Path path, int maxLineSize) {
        try {
            return Optional.of(
                    LineFiles.firstLine(path, maxLineSize, 0, line -> true).orElse(new byte[0]));
        } catch (IOException e) {
            options.problem(
                    "source.path must be a file or directory that can be read, but is %s: %s"
                            .formatted(path, e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<FileRecordSource> source(
            Path path, TextFormat format, int maxLineSize, byte[] firstLine, RecordSchema schema) {
        if (format == TextFormat.JSON) {
            return Optional.of(new FileRecordSource(path, format, maxLineSize, Optional.empty()));
        }
        try {
            CsvHeader header = CsvHeader.of(firstLine);
            checkColumns(schema, header, "The header of source.path, " + path + ",");
            return Optional.of(
                    new FileRecordSource(path, format, maxLineSize, Optional.of(header)));
        } catch (RefusedLineException e) {
            options.problem(
                    "The header of source.path, %s, is wrong. %s".formatted(path, e.getMessage()));
            return Optional.empty();
        }
    }

    private void checkColumns(RecordSchema schema, CsvHeader header, String place) {
        List<String> needed = new ArrayList<>(List.of(schema.idField(), schema.featuresField()));
        if (schema.step() == StepField.READ) {
            needed.add(schema.stepField());
        }
        if (schema.deterministicField() != null) {
            needed.add(schema.deterministicField());
        }
        if (schema.provenance() != null
                && header.columns().contains(RecordSchema.PROVENANCE_FIELD)) {
            options.problem(
                    "%s must not name the column '%s', which the job adds."
                            .formatted(place, RecordSchema.PROVENANCE_FIELD));
        }
        needed.removeAll(header.columns());
        for (String column : needed) {
            options.problem(
                    "%s must name the column '%s', but names %s."
                            .formatted(place, column, header.columns()));
        }
    }
}
