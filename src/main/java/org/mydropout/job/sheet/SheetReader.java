package org.mydropout.job.sheet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.RngOptions;
import org.mydropout.flink.StepSource;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.Provenance;
import org.mydropout.job.explain.FlaxRecipe;
import org.mydropout.job.explain.ImageShape;
import org.mydropout.job.explain.ProvenanceOptions;
import org.mydropout.job.explain.RecordFinder;
import org.mydropout.job.sheet.SheetBuilder.Variant;
import org.mydropout.job.sheet.SheetSource.RecordKey;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.Shape;

/** Builds the sheet of a job, from its source or from its output. */
public final class SheetReader {

    /** The most elements of all vectors together. The masks of more would need too much memory. */
    private static final long MAX_ELEMENTS = 500_000_000;

    private static final int MAX_STEPS = 1_000;

    private final Configuration configuration;
    private final Optional<String> ids;
    private final Optional<String> steps;
    private final Optional<Shape> shape;
    private final String title;
    private final String command;
    private long elements;

    /**
     * @param configuration the options of a job
     * @param ids ids such as {@code 0..9} or {@code 3,7}, or string ids separated by commas; empty:
     *     the first ten records
     * @param steps steps such as {@code 0..4} or {@code 0,10}; empty: those that the job gives each
     *     record
     * @param shape height, width and channels of vectors that are images
     * @param title the title of the sheet
     * @param command the command that creates the sheet
     */
    public SheetReader(
            Configuration configuration,
            Optional<String> ids,
            Optional<String> steps,
            Optional<Shape> shape,
            String title,
            String command) {
        this.configuration = configuration;
        this.ids = ids;
        this.steps = steps;
        this.shape = shape;
        this.title = title;
        this.command = command;
    }

    /**
     * The sheet of the records that the job would make from its source.
     *
     * @throws InvalidJobException if the options or the selection are unusable, or select nothing
     * @throws IOException if the source cannot be read
     */
    public Sheet ofSource() throws InvalidJobException, IOException, InterruptedException {
        JobConfig job = JobConfigReader.readOptions(configuration);
        IdSelection selection = IdSelection.of(ids, job.dropout().idType());
        SheetSource source = new SheetSource(job, selection);
        Optional<List<Long>> given = givenSteps();
        if (given.isEmpty() && job.dropout().stepFrom() == StepSource.COUNTER) {
            throw new InvalidJobException(
                    List.of(
                            "--steps must be given where %s is counter."
                                    .formatted(
                                            RngOptions.nameIn(
                                                    configuration, RngOptions.STEP_FROM))));
        }
        List<TextRecord> records = given.isPresent() ? source.firstOfEachId() : source.all();
        SheetBuilder builder = builder(job, records);
        for (TextRecord record : records) {
            List<Variant> variants = new ArrayList<>();
            for (long step : given.orElseGet(() -> source.steps(record))) {
                variants.add(new Variant(step, Optional.empty(), record.deterministic()));
            }
            add(
                    builder,
                    RecordFinder.id(record),
                    Optional.of(record),
                    Optional.of(job.schema().inputShape(record)),
                    variants);
        }
        missing(selection, records.stream()).ifPresent(builder::note);
        return sheet(builder, job, Provenance.of(configuration));
    }

    /**
     * The sheet of the job's output, with the options of its provenance instead of the job's.
     *
     * @throws InvalidJobException if the options, the output or the selection are unusable, or
     *     select nothing
     * @throws IOException if the output or the source cannot be read
     */
    public Sheet ofOutput() throws InvalidJobException, IOException, InterruptedException {
        if (steps.isPresent()) {
            throw new InvalidJobException(
                    List.of(
                            "--steps must not be given with --written: the steps are those of the"
                                    + " output."));
        }
        WrittenOutput output = WrittenOutput.of(configuration);
        Configuration restored = Provenance.restore(configuration, output.provenance());
        JobConfig job = JobConfigReader.readOptions(restored);
        IdSelection selection = IdSelection.of(ids, job.dropout().idType());
        SheetSource source = new SheetSource(job, selection);
        Map<RecordKey, List<TextRecord>> written =
                source.written(output.source(), output::isOfProvenance);
        Map<RecordKey, TextRecord> originals = source.originals(written.keySet());
        List<TextRecord> records = written.values().stream().flatMap(List::stream).toList();
        SheetBuilder builder = builder(job, records);
        for (Map.Entry<RecordKey, List<TextRecord>> made : written.entrySet()) {
            List<Variant> variants = new ArrayList<>();
            for (TextRecord record : made.getValue()) {
                variants.add(
                        new Variant(
                                record.vector().step(),
                                Optional.of(record.doubles()),
                                record.deterministic()));
            }
            Optional<TextRecord> original = Optional.ofNullable(originals.get(made.getKey()));
            add(
                    builder,
                    made.getKey().id(),
                    original,
                    source.inputShape(original, made.getValue().get(0)),
                    variants);
        }
        missing(selection, records.stream()).ifPresent(builder::note);
        output.others().ifPresent(builder::note);
        return sheet(builder, job, output.provenance());
    }

    private Optional<List<Long>> givenSteps() throws InvalidJobException {
        if (steps.isEmpty()) {
            return Optional.empty();
        }
        NumberRanges ranges = NumberRanges.of("--steps", steps.get());
        if (ranges.size() > MAX_STEPS) {
            throw new InvalidJobException(
                    List.of(
                            "--steps must be at most %d steps, but '%s' are more."
                                    .formatted(MAX_STEPS, steps.get())));
        }
        return Optional.of(ranges.values());
    }

    private SheetBuilder builder(JobConfig job, List<TextRecord> records)
            throws InvalidJobException {
        if (records.isEmpty()) {
            throw new InvalidJobException(
                    List.of(
                            ids.map(
                                            "--ids must name records that exist, but none has an id of '%s'."
                                                    ::formatted)
                                    .orElse("There must be a record to show, but there is none.")));
        }
        Optional<Shape> image =
                shape.or(() -> ImageShape.of(job.schema().inputShape(records.get(0))));
        if (shape.isPresent()
                && records.stream().noneMatch(record -> record.size() == shape.get().size())) {
            throw new InvalidJobException(
                    List.of(
                            "--shape must have as many elements as the vectors, %d, but %s has %d."
                                    .formatted(
                                            records.get(0).size(),
                                            shape.get(),
                                            shape.get().size())));
        }
        return new SheetBuilder(job.dropout().transform(), job.schema().type(), image);
    }

    private void add(
            SheetBuilder builder,
            Object id,
            Optional<TextRecord> original,
            Optional<Shape> input,
            List<Variant> variants)
            throws InvalidJobException {
        Optional<double[]> before = original.map(TextRecord::doubles);
        for (Variant variant : variants) {
            elements += variant.written().or(() -> before).orElseThrow().length;
        }
        if (elements > MAX_ELEMENTS) {
            throw new InvalidJobException(
                    List.of(
                            String.format(
                                    Locale.ROOT,
                                    "A sheet must have at most %,d elements, but this one has more."
                                            + " Name fewer --ids or --steps.",
                                    MAX_ELEMENTS)));
        }
        try {
            builder.add(id, before, input, variants);
        } catch (IllegalArgumentException e) { // the step or the shape is refused
            throw new InvalidJobException(List.of(e.getMessage()));
        }
    }

    /** The ids that were selected but not found. */
    private static Optional<Verdict.Finding> missing(
            IdSelection selection, Stream<TextRecord> records) {
        Set<Object> found = new HashSet<>();
        records.forEach(record -> found.add(RecordFinder.id(record)));
        int missing = selection.size() - found.size();
        return selection.text().isEmpty() || missing <= 0
                ? Optional.empty()
                : Optional.of(
                        new Verdict.Finding(
                                true,
                                String.format(
                                        Locale.ROOT,
                                        "Of the %,d ids of '%s', %,d exist.",
                                        selection.size(),
                                        selection.text().get(),
                                        found.size())));
    }

    private Sheet sheet(SheetBuilder builder, JobConfig job, String provenance) {
        List<String> python = new ArrayList<>();
        python.add("# before, after: the same record in the input and in the output");
        python.addAll(
                new FlaxRecipe(
                                job.dropout(),
                                job.schema(),
                                job.source().header().orElse(null),
                                job.selection())
                        .lines());
        return builder.build(title, command, ProvenanceOptions.of(provenance), python);
    }
}
