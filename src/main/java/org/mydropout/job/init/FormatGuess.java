package org.mydropout.job.init;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.JobOptions;
import org.mydropout.job.connector.CsvOptions;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.text.CsvDialect;
import org.mydropout.job.text.SourceRecord;
import org.mydropout.job.text.TextFormat;
import org.mydropout.job.text.Utf8;

/** Guesses the format of a source, and the characters between the cells of CSV. */
final class FormatGuess {

    private static final List<String> DELIMITERS = List.of(",", ";", "\\t", "|");

    private static final String NUMBER = "\\s*[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?\\s*";

    /** The numbers of fewer than one in 20,000 records are so many and in order by chance. */
    private static final int SHORTEST_SCALE = 8;

    private static final Pattern FRACTION = Pattern.compile("\\s*[-+]?[0-9]*\\.[0-9]+.*");

    private final JobDraft draft;

    private FormatGuess(JobDraft draft) {
        this.draft = draft;
    }

    /**
     * Adds the options of the format to a draft that names a place, and reads the first records.
     *
     * @throws InvalidJobException if the format cannot be guessed, or the place cannot be read
     */
    static Sample read(JobDraft draft)
            throws InvalidJobException, IOException, InterruptedException {
        return new FormatGuess(draft).read();
    }

    private Sample read() throws InvalidJobException, IOException, InterruptedException {
        Sample raw = Sample.of(JobConfigReader.readExistingSource(draft.ofRawLines()));
        Optional<String> first =
                raw.lines().stream()
                        .filter(line -> line.text() != null)
                        .findFirst()
                        .map(FormatGuess::text);
        if (first.isEmpty()) {
            throw refused("%s must have a record, but is empty.".formatted(raw.place()));
        }
        boolean isJson =
                draft.given(JobOptions.SOURCE_FORMAT)
                        .map(format -> format.equals(TextFormat.JSON.toString()))
                        .orElse(looksLikeJson(raw, first.get()));
        if (isJson) {
            if (raw.records().isEmpty()) {
                throw refused(
                        "%s must have one JSON object a line, but its first line is none; jq -c . FILE writes objects of several lines so."
                                .formatted(raw.place()));
            }
            draft.guess(
                    JobOptions.SOURCE_FORMAT, TextFormat.JSON, "The first line begins with '{'.");
            return sample(raw, Map.of());
        }
        draft.guess(
                JobOptions.SOURCE_FORMAT,
                TextFormat.CSV,
                "The first line is no JSON object. It names the columns.");
        return raw.isOfMessages() ? readMessages(raw) : readFiles(raw, first.get());
    }

    private static String text(SourceRecord line) {
        return new String(line.text(), StandardCharsets.UTF_8);
    }

    private static boolean looksLikeJson(Sample raw, String first) throws InvalidJobException {
        if (first.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\r')) {
            throw refused(
                    "%s must be lines of UTF-8 text, but holds control characters; iconv makes UTF-8 of other texts, and jobs/parquet.sql shows how SQL reads Parquet."
                            .formatted(raw.place()));
        }
        long broken =
                raw.lines().stream()
                        .filter(line -> line.text() != null && !Utf8.isValid(line.text()))
                        .count();
        if (2 * broken > raw.lines().size()) {
            throw refused(
                    "%s must be lines of UTF-8 text, but %d of the first %d are none; iconv -f LATIN1 -t UTF-8 FILE > NEW makes UTF-8 of Latin-1, for example."
                            .formatted(raw.place(), broken, raw.lines().size()));
        }
        if (first.strip().startsWith("[")) {
            throw refused(
                    "%s must have one JSON object a line, but begins with an array; jq -c '.[]' FILE writes its elements so."
                            .formatted(raw.place()));
        }
        return first.strip().startsWith("{");
    }

    private Sample readMessages(Sample raw)
            throws InvalidJobException, IOException, InterruptedException {
        if (!draft.given().containsKey("source.csv.columns")) {
            throw refused(
                    "source.csv.columns must name the columns of messages in CSV, which have no header; -D \"source.csv.columns=id;step;features\" does, for example.");
        }
        return dialect(raw);
    }

    private Sample readFiles(Sample raw, String first)
            throws InvalidJobException, IOException, InterruptedException {
        for (String delimiter : DELIMITERS) {
            String[] cells = first.split(delimiter.equals("|") ? "\\|" : delimiter, -1);
            if (isRowOfNumbers(cells)) {
                throw refused(
                        "The first row of %s must name the columns, but holds numbers; (seq -s '%s' -f 'c%%g' %d; cat FILE) > NEW puts names above them."
                                .formatted(
                                        raw.place(),
                                        delimiter.equals("\\t") ? "\t" : delimiter,
                                        cells.length));
            }
        }
        return dialect(raw);
    }

    /**
     * Tells a record from names that are numbers, such as 0, 1, 2, … by pandas, or the wavelengths
     * of a spectrum.
     */
    private static boolean isRowOfNumbers(String[] cells) {
        return cells.length > 1
                && !areNumbered(cells)
                && !isScale(cells)
                && (Stream.of(cells).allMatch(cell -> cell.matches(NUMBER))
                        || Stream.of(cells).filter(cell -> FRACTION.matcher(cell).matches()).count()
                                > cells.length / 2);
    }

    private static boolean areNumbered(String[] cells) {
        return IntStream.range(0, cells.length)
                .allMatch(i -> cells[i].equals("" + i) || (i == 0 && cells[i].isEmpty()));
    }

    /**
     * Whether all numbers ascend, or all descend, and are so many that a record's do not by chance.
     * The first cell may be another name.
     */
    private static boolean isScale(String[] cells) {
        int first = cells[0].matches(NUMBER) ? 0 : 1;
        if (cells.length - first < SHORTEST_SCALE
                || !Stream.of(cells).skip(first).allMatch(cell -> cell.matches(NUMBER))) {
            return false;
        }
        double direction = number(cells[first + 1]) - number(cells[first]);
        return IntStream.range(first + 1, cells.length)
                .allMatch(i -> (number(cells[i]) - number(cells[i - 1])) * direction > 0);
    }

    private static double number(String cell) {
        return Double.parseDouble(cell.strip());
    }

    /** Tries all delimiters: that with the most cells wins if it fits nearly all rows. */
    private Sample dialect(Sample raw)
            throws InvalidJobException, IOException, InterruptedException {
        Sample best = null;
        String bestDelimiter = "";
        InvalidJobException refusal = null;
        for (String delimiter : DELIMITERS) {
            try {
                Sample tried = sample(raw, Map.of(CsvOptions.FIELD_DELIMITER.key(), delimiter));
                if (best == null || isBetter(tried, best)) {
                    best = tried;
                    bestDelimiter = delimiter;
                }
            } catch (InvalidJobException e) {
                refusal = refusal == null ? e : refusal;
            }
        }
        if (refusal != null && (best == null || columns(best) == 1)) {
            throw refusal;
        }
        if (!bestDelimiter.equals(String.valueOf(CsvDialect.DEFAULT.delimiter()))) {
            draft.guess(
                    CsvOptions.FIELD_DELIMITER,
                    bestDelimiter,
                    "It cuts the header and %d of %d rows into %d cells."
                            .formatted(best.records().size(), best.lines().size(), columns(best)));
        }
        if (best.records().isEmpty()) {
            throw refused(
                    "%s must have a row below its header with as many cells, but has none; -Dsource.csv.field-delimiter=… says what stands between two cells."
                            .formatted(best.place()));
        }
        return best;
    }

    private static int columns(Sample sample) {
        return sample.header().orElseThrow().columns().size();
    }

    private static boolean isBetter(Sample tried, Sample best) {
        boolean fits = isFitting(tried);
        return fits == isFitting(best) ? columns(tried) > columns(best) : fits;
    }

    private static boolean isFitting(Sample sample) {
        return sample.isMost(sample.records().size())
                && 2 * sample.records().size() > sample.lines().size();
    }

    private Sample sample(Sample raw, Map<String, String> more)
            throws InvalidJobException, IOException, InterruptedException {
        RecordSource source = JobConfigReader.readSource(draft.configuration(more));
        return raw.isOfMessages() ? raw.as(source) : Sample.of(source);
    }

    private static InvalidJobException refused(String sentence) {
        return new InvalidJobException(List.of(sentence));
    }
}
