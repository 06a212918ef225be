package org.mydropout.job.init;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.mydropout.flink.DropoutOptions;
import org.mydropout.flink.LayerOptions;
import org.mydropout.flink.RngOptions;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.config.Connectors;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.JobOptions;

/** Guesses the options of a job from the first records of its source. */
public final class JobGuess {

    private static final List<String> CONNECTION =
            List.of("bootstrap.servers", "security.", "sasl.", "ssl.");

    private static final String SOURCE_PROPERTIES = "source.properties.";

    private final JobDraft draft;
    private final Sample sample;
    private final VectorGuess vector;

    private JobGuess(JobDraft draft, Sample sample, VectorGuess vector) {
        this.draft = draft;
        this.sample = sample;
        this.vector = vector;
    }

    /**
     * Guesses the options that are not given. Reads the first records of the source; writes
     * nothing.
     *
     * @param given the options that no guess replaces; they name the source
     * @param file the job file to be written; the output is placed beside it
     * @throws InvalidJobException if an option is wrong, or cannot be guessed
     * @throws IOException if the source cannot be read
     */
    public static JobGuess of(Map<String, String> given, Path file)
            throws InvalidJobException, IOException, InterruptedException {
        for (String key : given.keySet()) {
            if (key.indexOf('.') < 1 && !key.equals(LayerOptions.LAYERS.key())) {
                throw new InvalidJobException(
                        List.of(
                                "An option must have a key with a point, such as source.path, but %s has none."
                                        .formatted(FieldNames.quoted(key))));
            }
        }
        JobDraft draft = new JobDraft(given);
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        boolean isStream = given.containsKey("source.topic");
        draft.guess(PipelineOptions.NAME, name, "");
        addMode(draft, isStream);
        draft.guess(
                JobOptions.SOURCE_CONNECTOR,
                isStream ? Connectors.KAFKA : Connectors.FILESYSTEM,
                "");
        for (String key : List.of("source.path", "source.topic")) {
            if (given.containsKey(key)) {
                draft.guess(key, given.get(key), "");
            }
        }
        Sample sample = FormatGuess.read(draft);
        VectorGuess vector = VectorGuess.add(draft, sample);
        IdentityGuess.add(draft, sample, vector.field());
        JobGuess guess = new JobGuess(draft, sample, vector);
        guess.addDropout();
        guess.addSinks(isStream ? name : file.resolveSibling(name).toString(), isStream);
        return guess;
    }

    private static void addMode(JobDraft draft, boolean isStream) {
        if (isStream) {
            draft.guess(
                    ExecutionOptions.RUNTIME_MODE,
                    RuntimeExecutionMode.STREAMING,
                    "The job runs until it is stopped.");
            draft.guess(CheckpointingOptions.CHECKPOINTING_INTERVAL, "10 s", "");
            draft.guess(
                    "source.scan.startup.mode",
                    "earliest-offset",
                    "From the beginning of the topic.");
        } else {
            draft.guess(
                    ExecutionOptions.RUNTIME_MODE,
                    RuntimeExecutionMode.BATCH,
                    "Files end, and so does the job.");
        }
    }

    private void addSinks(String place, boolean isStream) throws InvalidJobException {
        addSink("sink", place + "-augmented", "", isStream);
        long refused = new Preview(this).refused();
        if (refused > 0) {
            addSink(
                    "dead-letter",
                    place + "-dead-letter",
                    "For records that cannot be decoded: %d of the first %d. Without it, the first would fail the job."
                            .formatted(refused, sample.lines().size()),
                    isStream);
        }
    }

    private void addSink(String prefix, String place, String comment, boolean isStream) {
        if (draft.given().containsKey(prefix + ".connector")) {
            return;
        }
        draft.guess(
                prefix + ".connector",
                isStream ? Connectors.KAFKA : Connectors.FILESYSTEM,
                comment);
        if (isStream) {
            draft.guess(prefix + ".topic", place, "This topic must exist before the job starts.");
            draft.given().entrySet().stream()
                    .filter(option -> option.getKey().startsWith(SOURCE_PROPERTIES))
                    .forEach(
                            option -> {
                                String property =
                                        option.getKey().substring(SOURCE_PROPERTIES.length());
                                if (CONNECTION.stream().anyMatch(property::startsWith)) {
                                    draft.guess(
                                            prefix + ".properties." + property,
                                            option.getValue(),
                                            "");
                                }
                            });
        } else {
            draft.guess(
                    prefix + ".path",
                    place,
                    "This directory must be empty or missing when the job starts.");
        }
    }

    private void addDropout() {
        if (!draft.given().containsKey(LayerOptions.LAYERS.key())) {
            draft.guess(
                    DropoutOptions.RATE,
                    0.1,
                    "The probability that an element is dropped, 0 to 1.");
        }
        draft.guess(RngOptions.SEED, 42, "A 64-bit integer. Another seed gives other draws.");
    }

    /**
     * The job of these options.
     *
     * @throws InvalidJobException if a given option is wrong
     */
    JobConfig job() throws InvalidJobException {
        return JobConfigReader.readOptions(draft.configuration());
    }

    Sample sample() {
        return sample;
    }

    VectorGuess vector() {
        return vector;
    }

    /**
     * What the job makes of the first records.
     *
     * @throws InvalidJobException if a given option is wrong, or no record can be decoded
     */
    public Preview preview() throws InvalidJobException {
        return new Preview(this);
    }

    /** The text of the job file, which says why each option has its value. */
    public String text() {
        return new JobText(draft, sample, vector).text();
    }
}
