package org.mydropout.job;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.explain.Explanation;
import org.mydropout.job.explain.ExplanationJson;
import org.mydropout.job.explain.ExplanationText;
import org.mydropout.job.explain.IndexRange;
import org.mydropout.job.explain.RecordExplainer;
import org.mydropout.kernel.layer.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the draws for a record, from the options, its id and its step alone. */
@Command(
        name = "explain",
        description = "Shows the draws for one record, and how they come about.",
        footer = {
            "",
            "Examples:",
            "  explain jobs/augment.yaml --id 17 --step 3 --shape 28x28",
            "  explain --seed 42 --rate 0.1 --size 784 --id 17 --step 3",
            "  grep '\"id\":17,' target/augmented/* -h | explain",
            "The last one needs sink.provenance: true in the job that wrote the record."
        })
final class ExplainCommand extends OptionedCommand {

    /** The number of elements that are listed without --elements. */
    private static final int LISTED = 8;

    @Nullable
    @Parameters(
            paramLabel = "JOB",
            arity = "0..1",
            description = "The job file: its options, and its source for the vector.")
    private File jobFile;

    @Nullable
    @Option(names = "--id", paramLabel = "ID", description = "The record's id.")
    private String id;

    @Nullable
    @Option(
            names = "--step",
            paramLabel = "STEP",
            description = "The record's step; not given, that of the source or of the job.")
    private String step;

    @Nullable
    @Option(
            names = "--record",
            paramLabel = "LINE",
            description =
                    "A record as a line: one that carries its provenance, or one of the job's"
                            + " source. Not given, nor an id: read from standard input.")
    private String record;

    @Nullable
    @Option(names = "--seed", paramLabel = "SEED", description = "As -Ddropout.seed.")
    private String seed;

    @Nullable
    @Option(names = "--rate", paramLabel = "RATE", description = "As -Ddropout.rate.")
    private String rate;

    @Nullable
    @Option(
            names = "--size",
            paramLabel = "N",
            description = "The number of elements, where no vector is known.")
    private Integer size;

    @Nullable
    @Option(
            names = "--shape",
            paramLabel = "HxW[xC]",
            description = "Shows the mask as an image, 28x28 or 32x32x3 for example.")
    private String shape;

    @Nullable
    @Option(
            names = "--elements",
            paramLabel = "A..B",
            description = "The indices of the elements to list, inclusive.")
    private String elements;

    @Option(names = "--json", description = "Prints one JSON object instead.")
    private boolean json;

    ExplainCommand(Secrets secrets) {
        super(secrets);
    }

    @Override
    String subject() {
        return jobFile == null ? "Nothing can be explained" : jobFile + " cannot be explained";
    }

    @Override
    int run() throws Exception {
        Optional<Shape> image = ImageOption.of(shape);
        RecordExplainer explainer =
                new RecordExplainer(
                        configuration(), jobFile != null, image, Optional.ofNullable(size));
        Explanation explanation =
                id == null
                        ? explainer.ofLine(record == null ? standardInput() : record)
                        : explainer.ofId(id, Optional.ofNullable(step));
        if (json) {
            ExplanationJson.write(explanation, out());
            out().println();
        } else {
            new ExplanationText(
                            explanation,
                            listed(explanation),
                            spec().commandLine().getColorScheme().ansi())
                    .lines()
                    .forEach(out()::println);
        }
        out().flush();
        return explanation.isContradicted() ? FAILED : DONE;
    }

    private Configuration configuration() throws InvalidJobException {
        Map<String, String> options = new LinkedHashMap<>(overrides());
        if (rate != null) {
            options.put(DropoutOptions.RATE.key(), rate);
        }
        Configuration configuration =
                jobFile == null ? Configuration.fromMap(options) : JobFile.read(jobFile, options);
        if (seed != null) {
            configuration.setString(RngOptions.nameIn(configuration, RngOptions.SEED), seed);
        }
        secrets().add(configuration.toMap());
        return configuration;
    }

    private static String standardInput() throws IOException, InvalidJobException {
        if (Terminal.find() != null) { // a person at a terminal would not know what to type
            throw new InvalidJobException(
                    List.of(
                            "--id and --step must be given, or --record, or a record on standard"
                                    + " input; --help shows examples."));
        }
        List<String> lines = new ArrayList<>();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null && lines.size() < 2; ) {
            if (!line.isBlank()) {
                lines.add(line);
            }
        }
        if (lines.size() != 1) {
            throw new InvalidJobException(
                    List.of(
                            "Standard input must hold one record, but holds %s."
                                    .formatted(lines.isEmpty() ? "none" : "more")));
        }
        return lines.get(0);
    }

    /** The requested elements, or else the first ones that were not zero before. */
    private List<Integer> listed(Explanation explanation) throws InvalidJobException {
        if (elements != null) {
            return IndexRange.of(
                    elements,
                    explanation
                            .size()
                            .orElseThrow(
                                    () ->
                                            new InvalidJobException(
                                                    List.of(
                                                            "--size must be given with --elements where no"
                                                                    + " vector is known."))));
        }
        return IntStream.range(0, explanation.size().orElse(0))
                .filter(
                        index ->
                                explanation.before().isEmpty()
                                        || explanation.before().get()[index] != 0)
                .limit(LISTED)
                .boxed()
                .toList();
    }
}
