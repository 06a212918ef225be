package org.mydropout.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.commons.text.StringEscapeUtils;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.init.JobGuess;
import org.mydropout.job.init.Preview;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a job file for a file or a topic, and shows what the job makes of the first records. */
@Command(
        name = "init",
        description = "Writes a job file for a file or a topic, and previews the job.",
        footer = {
            "",
            "Examples:",
            "  init --from train.csv -o job.yaml",
            "  init --from data -Dsource.fields.features=embedding -o job.yaml",
            "  init --topic images --bootstrap-server localhost:9092 -o job.yaml",
            "An option given with -D is written as it is; the others are guessed."
        })
final class InitCommand extends OptionedCommand {

    @ArgGroup(multiplicity = "1")
    private Place place;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The job file to write, which must not exist.")
    private Path output;

    /** Where the records are. */
    private static final class Place {
        @Nullable
        @Option(
                names = "--from",
                paramLabel = "PATH",
                description = "A file, a directory or a pattern such as 'data/*.jsonl'.")
        private String from;

        @Nullable
        @ArgGroup(exclusive = false)
        private Topic topic;
    }

    /** A topic of Kafka. */
    private static final class Topic {
        @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "A topic.")
        private String name;

        @Option(
                names = "--bootstrap-server",
                paramLabel = "HOST:PORT",
                required = true,
                description = "The address of a Kafka broker.")
        private String servers;
    }

    InitCommand(Secrets secrets) {
        super(secrets);
    }

    @Override
    String subject() {
        return "No job file can be written";
    }

    @Override
    int run() throws Exception {
        requireNewFile();
        JobGuess guess = JobGuess.of(given(), output);
        Preview preview = guess.preview();
        preview.lines().forEach(out()::println);
        Files.writeString(
                output, guess.text(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        out().printf("%nWritten: %s, where comments say what was guessed. Next:%n", output);
        String file = StringEscapeUtils.escapeXSI(output.toString());
        out().printf("  run %s%n", file);
        out().printf(
                        "  explain %s --id %s%n",
                        file, StringEscapeUtils.escapeXSI(preview.firstId()));
        out().printf("  sheet %s -o sheet.html%n", file);
        out().flush();
        return DONE;
    }

    private void requireNewFile() throws InvalidJobException, IOException {
        if (Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidJobException(
                    List.of("--output must be a new file, but %s exists.".formatted(output)));
        }
        Path file = output.toAbsolutePath().normalize();
        if (place.from != null
                && file.startsWith(Path.of(place.from).toAbsolutePath().normalize())) {
            throw new InvalidJobException(
                    List.of(
                            "--output must not lie in --from, whose files are all read, but is '%s'."
                                    .formatted(output)));
        }
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new InvalidJobException(
                    List.of(
                            "--output must be a file in a directory that exists, but is '%s'."
                                    .formatted(output)));
        }
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        if (place.topic == null) {
            given.put("source.path", place.from);
        } else {
            given.put("source.topic", place.topic.name);
            given.put("source.properties.bootstrap.servers", place.topic.servers);
        }
        given.putAll(overrides());
        return given;
    }
}
