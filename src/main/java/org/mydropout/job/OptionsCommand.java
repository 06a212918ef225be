package org.mydropout.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import javax.annotation.Nullable;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.options.OptionReference;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the options of job files. */
@Command(
        name = "options",
        description = "Prints the options of a job file: type, default and description.",
        footer = {"", "Examples:", "  options", "  options rate", "  options --json dropout."})
final class OptionsCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Nullable
    @Parameters(
            paramLabel = "TEXT",
            arity = "0..1",
            description = "Prints only the options whose key contains it.")
    private String text;

    @Nullable @ArgGroup private Form form;

    /** The output format. */
    private static final class Form {
        @Option(names = "--markdown", description = "Prints the page of the site.")
        private boolean markdown;

        @Option(names = "--json", description = "Prints a JSON array.")
        private boolean json;
    }

    @Override
    public Integer call() throws IOException, InvalidJobException {
        OptionReference options =
                text == null ? OptionReference.all() : OptionReference.containing(text);
        if (options.isEmpty()) {
            throw new InvalidJobException(
                    List.of("TEXT must be part of an option's key, but is '%s'.".formatted(text)));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (form != null && form.json) {
            options.json(out);
            out.println();
        } else if (form != null && form.markdown) {
            options.markdown().forEach(out::println);
        } else {
            options.text().forEach(out::println);
        }
        out.flush();
        return OptionedCommand.DONE;
    }
}
