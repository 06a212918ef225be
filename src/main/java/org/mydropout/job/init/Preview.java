package org.mydropout.job.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.text.WordUtils;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.augment.VectorCheck;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.explain.RecordFinder;
import org.mydropout.job.explain.RecordTrace;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.PrintableText;
import org.mydropout.job.text.RecordDecoder;
import org.mydropout.job.text.RefusedLineException;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.StepField;
import org.mydropout.job.text.TextRecord;
import org.mydropout.kernel.layer.KeyedTransform;
import org.mydropout.kernel.layer.Shape;

/** What a job makes of the first records. Runs in this thread, and writes to no sink. */
public final class Preview {

    private static final int WIDTH = 80;

    private static final int SHOWN_RECORDS = 5;

    private static final int SHOWN_ELEMENTS = 2;

    private static final Row HEADER =
            new Row("id", "step", "elements", "dropped", "before → after");

    private final JobGuess guess;
    private final JobConfig job;
    private final KeyedTransform transform;
    private final Optional<VectorCheck> check;
    private final List<Row> rows = new ArrayList<>();
    private int decoded;
    private int refused;
    private String firstRefusal = "";
    private String firstId = "";
    private long elements;
    private long dropped;
    private double expected;

    /** A row of the table. */
    private record Row(String id, String step, String elements, String dropped, String changes) {

        private String text(int width) {
            return String.format(
                            Locale.ROOT,
                            "%-" + width + "s %6s %9s %8s  %s",
                            id,
                            step,
                            elements,
                            dropped,
                            changes)
                    .stripTrailing();
        }
    }

    Preview(JobGuess guess) throws InvalidJobException {
        this.guess = guess;
        this.job = guess.job();
        this.transform = job.dropout().transform();
        this.check = job.vectorCheck();
        RecordDecoder decoder = RecordDecoder.of(job.schema(), job.source().header().orElse(null));
        for (SourceRecord line : guess.sample().lines()) {
            try {
                add(decoder.decode(line));
            } catch (RefusedLineException e) {
                refused++;
                firstRefusal = refused == 1 ? e.at(line.source()).getMessage() : firstRefusal;
            }
        }
        if (decoded == 0) {
            throw new InvalidJobException(
                    List.of(
                            "The options must fit the records of %s, but none of the first %d can be decoded. %s"
                                    .formatted(job.source().description(), refused, firstRefusal)));
        }
    }

    private void add(TextRecord record) throws RefusedLineException {
        List<TextRecord> copies =
                job.copies().isPresent() ? job.copies().get().of(record) : List.of(record);
        if (check.isPresent()) {
            for (TextRecord copy : copies) {
                check.get().check(copy);
            }
        }
        decoded++;
        firstId = decoded == 1 ? record.idText() : firstId;
        copies.forEach(this::apply);
    }

    private void apply(TextRecord record) {
        double[] before = record.doubles();
        Shape shape = job.schema().inputShape(record);
        long step = job.dropout().step().orElse(record.vector().step());
        RecordTrace trace =
                RecordTrace.of(
                        transform,
                        RecordFinder.id(record),
                        step,
                        record.deterministic(),
                        Optional.of(before),
                        shape,
                        job.schema().type());
        if (!record.deterministic()) {
            KeyedTransform.Effect effect = transform.effect(shape);
            elements += effect.masked();
            dropped += trace.dropped();
            expected += effect.expectedDropped();
        }
        if (rows.size() < SHOWN_RECORDS) {
            rows.add(
                    new Row(
                            PrintableText.clipped(PrintableText.printable(record.idText())),
                            Long.toUnsignedString(step),
                            Integer.toString(before.length),
                            Long.toString(trace.dropped()),
                            changes(before, trace.after())));
        }
    }

    /** The first elements that were not zero. */
    private static String changes(double[] before, double[] after) {
        return IntStream.range(0, Math.min(before.length, after.length))
                .filter(i -> before[i] != 0)
                .limit(SHOWN_ELEMENTS)
                .mapToObj(i -> String.format(Locale.ROOT, "%.4g → %.4g", before[i], after[i]))
                .collect(Collectors.joining(", "));
    }

    /** How many records the decoder refuses. */
    int refused() {
        return refused;
    }

    /** The id of the first record, in an argument of the command line. */
    public String firstId() {
        return firstId;
    }

    private static List<String> wrapped(String sentence) {
        return WordUtils.wrap(sentence, WIDTH).lines().toList();
    }

    /** The counts and the first records, line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.addAll(
                wrapped(
                        String.format(
                                Locale.ROOT,
                                "The first %,d records of %s: %,d decoded, %,d refused; vectors of %s.",
                                decoded + refused,
                                job.source().description(),
                                decoded,
                                refused,
                                guess.vector().elements())));
        lines.addAll(
                wrapped(
                        "The vector is %s, the id %s, the step %s."
                                .formatted(
                                        guess.vector().field(),
                                        job.schema().idFrom() == IdSource.FIELD
                                                ? job.schema().idField()
                                                : "made of the record's " + job.schema().idFrom(),
                                        job.schema().step() == StepField.READ
                                                ? job.schema().stepField()
                                                : "set by the job")));
        if (refused > 0) {
            lines.addAll(wrapped("The first that is refused: " + firstRefusal));
        }
        lines.add("");
        List<Row> table = new ArrayList<>(List.of(HEADER));
        table.addAll(rows);
        int width = table.stream().mapToInt(row -> row.id().length()).max().orElse(0);
        table.forEach(row -> lines.add(row.text(width)));
        lines.add("");
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d elements are dropped; expected are %,.1f.",
                        dropped,
                        elements,
                        expected));
        return lines;
    }
}
