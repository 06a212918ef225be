package org.mydropout.job;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.configuration.Configuration;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.sheet.Sheet;
import org.mydropout.job.sheet.SheetFile;
import org.mydropout.job.sheet.SheetReader;
import org.mydropout.job.sheet.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws records beside their augmented versions, and judges the masks. */
@Command(
        name = "sheet",
        description = "Shows records beside their augmented versions, and judges the masks.",
        footer = {
            "",
            "Examples:",
            "  sheet jobs/augment.yaml --ids 0..9 --steps 0..4 --shape 28x28 -o sheet.html",
            "  sheet jobs/augment.yaml --ids 0..999 -o sheet.png",
            "  sheet jobs/replay.yaml --written --shape 28x28 -o sheet.html"
        })
final class SheetCommand extends OptionedCommand {

    @Parameters(paramLabel = "JOB", description = "The job file.")
    private File jobFile;

    @Nullable
    @Option(
            names = "--ids",
            paramLabel = "IDS",
            description =
                    "The records: 0..9, inclusive, or 3,7,10..12; string ids are separated by"
                            + " commas. Default: the first ten records.")
    private String ids;

    @Nullable
    @Option(
            names = "--steps",
            paramLabel = "STEPS",
            description = "The steps: 0..4 or 0,10. Default: those that the job gives each record.")
    private String steps;

    @Option(
            names = "--written",
            description =
                    "Shows the output of a job with sink.provenance: true, and whether it is what"
                            + " the provenance gives.")
    private boolean written;

    @Nullable
    @Option(
            names = "--shape",
            paramLabel = "HxW[xC]",
            description =
                    "Shows vectors as images, 28x28 or 32x32x3 for example. Default: as strips,"
                            + " unless they are nested arrays.")
    private String shape;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write: .html, or .png for the pictures alone.")
    private Path output;

    SheetCommand(Secrets secrets) {
        super(secrets);
    }

    @Override
    String subject() {
        return "No sheet of %s can be made".formatted(jobFile);
    }

    @Override
    int run() throws Exception {
        SheetFile file = SheetFile.of(output);
        Configuration configuration = JobFile.read(jobFile, overrides());
        secrets().add(configuration.toMap());
        SheetReader reader =
                new SheetReader(
                        configuration,
                        Optional.ofNullable(ids),
                        Optional.ofNullable(steps),
                        ImageOption.of(shape),
                        jobFile.toString(),
                        commandText());
        Sheet sheet = written ? reader.ofOutput() : reader.ofSource();
        file.write(sheet);
        List<Verdict.Finding> findings = sheet.findings();
        findings.forEach(finding -> out().println(finding.text()));
        if (findings.isEmpty()) {
            out().println("No layer changes anything, and no key is sampled.");
        }
        out().println("Written: " + output);
        return findings.stream().allMatch(Verdict.Finding::isExpected) ? DONE : FAILED;
    }

    /** The command line, with its secrets hidden. */
    private String commandText() {
        return secrets()
                .hidden(
                        spec().commandLine().getParseResult().originalArgs().stream()
                                .map(
                                        argument ->
                                                argument.contains(" ")
                                                        ? "'" + argument + "'"
                                                        : argument)
                                .collect(Collectors.joining(" ")));
    }
}
