package org.mydropout.job.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.Provenance;
import org.mydropout.job.config.RecordConfig;
import org.mydropout.job.explain.RecordFinder.FoundRecord;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.FieldText;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.PrintableText;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.Shape;

/** Explains records of a job, or records from options alone. */
public final class RecordExplainer {

    private final Configuration configuration;
    private final boolean hasJob;
    private final Optional<Integer> size;
    private final ExplanationWriter writer;
    private long searched;

    /**
     * @param configuration the options of a job, or only those that change bits
     * @param hasJob whether the configuration has a source
     * @param image height, width and channels of the vector, to show it as an image
     * @param size the size of the vector, if no vector is known
     */
    public RecordExplainer(
            Configuration configuration,
            boolean hasJob,
            Optional<Shape> image,
            Optional<Integer> size) {
        this.configuration = configuration;
        this.hasJob = hasJob;
        this.size = size;
        this.writer = new ExplanationWriter(image, size);
    }

    /**
     * Explains the draws for an id and a step and, with a job, their effect on the vector in its
     * source.
     *
     * @param stepText the step; empty: the step of the job, or of the record in its source
     * @throws InvalidJobException if the options, the id or the step are unusable
     * @throws IOException if the source cannot be read
     */
    public Explanation ofId(String idText, Optional<String> stepText)
            throws InvalidJobException, IOException, InterruptedException {
        Optional<JobConfig> job = job(configuration);
        RecordConfig config = record(configuration, job);
        Object id = RecordName.id(idText, config.dropout().idType());
        OptionalLong given = config.dropout().step();
        if (stepText.isPresent()) {
            given = OptionalLong.of(RecordName.step(stepText.get()));
        }
        Optional<FoundRecord> source = find(job, id, given.orElse(0));
        if (given.isEmpty() && source.isPresent() && config.schema().step() != StepField.SET) {
            given = OptionalLong.of(source.get().record().vector().step());
        }
        if (job.isPresent()
                && source.isEmpty()
                && (given.isEmpty() || (size.isEmpty() && config.schema().shape() == null))) {
            throw new InvalidJobException(
                    List.of(
                            String.format(
                                    Locale.ROOT,
                                    "--id must name a record of %s, but none of its %,d lines has the id '%s'. The draws of another record can be shown with --step and --size.",
                                    job.get().source().description(),
                                    searched,
                                    idText)));
        }
        return writer.explanation(
                new Subject(
                        config,
                        id,
                        required(given, config.dropout()),
                        source,
                        searched,
                        Optional.empty()),
                Provenance.of(configuration),
                job.map(JobConfig::source));
    }

    /**
     * Explains the record of a line: an output line with provenance, or a line of the job's source.
     *
     * @throws InvalidJobException if the options or the line are unusable
     * @throws IOException if the source cannot be read
     */
    public Explanation ofLine(String line)
            throws InvalidJobException, IOException, InterruptedException {
        byte[] text = line.getBytes(UTF_8);
        Optional<CsvHeader> header = job(configuration).flatMap(job -> job.outputHeader());
        Optional<String> provenance =
                header.isPresent()
                        ? FieldText.ofCsv(text, header.get(), RecordSchema.PROVENANCE_FIELD)
                        : FieldText.ofJson(text, RecordSchema.PROVENANCE_FIELD);
        if (provenance.isPresent()) {
            return ofWritten(text, provenance.get(), header);
        }
        if (!hasJob) {
            throw new InvalidJobException(
                    List.of(
                            "The record must carry its provenance, as sink.provenance: true makes a"
                                    + " job write it, or else a JOB must be named."));
        }
        return ofSource(text);
    }

    private Explanation ofWritten(byte[] text, String provenance, Optional<CsvHeader> header)
            throws InvalidJobException, IOException, InterruptedException {
        Configuration restored = Provenance.restore(configuration, provenance);
        Optional<JobConfig> job = job(restored);
        RecordConfig config = record(restored, job);
        TextRecord record = decode(text, config.schema().ofOutput(), header).record();
        Object id = RecordFinder.id(record);
        long step = record.vector().step();
        return writer.explanation(
                new Subject(
                        config,
                        id,
                        step,
                        find(job, id, step),
                        searched,
                        Optional.of(
                                WrittenLine.of(
                                        text, record, config.schema().addedFields(), header))),
                provenance,
                job.map(JobConfig::source));
    }

    private Explanation ofSource(byte[] text) throws InvalidJobException {
        JobConfig job = job(configuration).orElseThrow();
        if (job.schema().idFrom() == IdSource.POSITION) {
            throw new InvalidJobException(
                    List.of(
                            "The record must be named by --id where source.id-from is position,"
                                    + " since a line alone does not say where it stands."));
        }
        FoundRecord found = decode(text, job.schema(), job.source().header());
        OptionalLong step = job.dropout().step();
        if (job.schema().step() != StepField.SET) {
            step = OptionalLong.of(found.record().vector().step());
        }
        return writer.explanation(
                new Subject(
                        new RecordConfig(job.dropout(), job.schema(), job.selection()),
                        RecordFinder.id(found.record()),
                        required(step, job.dropout()),
                        Optional.of(found),
                        1,
                        Optional.empty()),
                Provenance.of(configuration),
                Optional.of(job.source()));
    }

    private Optional<JobConfig> job(Configuration options) throws InvalidJobException {
        return hasJob ? Optional.of(JobConfigReader.readOptions(options)) : Optional.empty();
    }

    private static RecordConfig record(Configuration options, Optional<JobConfig> job)
            throws InvalidJobException {
        return job.isPresent()
                ? new RecordConfig(job.get().dropout(), job.get().schema(), job.get().selection())
                : JobConfigReader.readRecord(options);
    }

    private Optional<FoundRecord> find(Optional<JobConfig> job, Object id, long step)
            throws IOException, InterruptedException {
        if (job.isEmpty()) {
            return Optional.empty();
        }
        RecordFinder finder = new RecordFinder(job.get());
        Optional<FoundRecord> found = finder.find(id, step);
        searched = finder.linesRead();
        return found;
    }

    private static long required(OptionalLong step, DropoutConfig dropout)
            throws InvalidJobException {
        if (step.isPresent()) {
            return step.getAsLong();
        }
        throw new InvalidJobException(
                List.of(
                        "--step must be given where neither the job nor a record of its source tells"
                                + " the step: it comes from the %s."
                                        .formatted(dropout.stepFrom())));
    }

    private static FoundRecord decode(byte[] text, RecordSchema schema, Optional<CsvHeader> header)
            throws InvalidJobException {
        SourceRecord line = new SourceRecord(text, text.length, "", 0);
        try {
            return new FoundRecord(
                    RecordDecoder.of(schema, header.orElse(null)).decode(line), line);
        } catch (RefusedLineException e) {
            String columns =
                    header.map(
                                    known ->
                                            " Its columns are taken to be those that the job file says: %s."
                                                    .formatted(
                                                            PrintableText.printable(
                                                                    String.join(
                                                                            ", ",
                                                                            known.columns()))))
                            .orElse("");
            throw new InvalidJobException(
                    List.of("The record cannot be read. " + e.getMessage() + columns));
        }
    }
}
