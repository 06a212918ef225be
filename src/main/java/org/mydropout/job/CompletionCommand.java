package org.mydropout.job;

import java.io.Writer;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell.",
        footer = {
            "",
            "Put into ~/.bashrc or ~/.zshrc, with the directory of the checkout:",
            "  flink-mydropout() {",
            "    (cd DIRECTORY && mvn -q compile exec:exec -Dargs=\"$$*\")",
            "  }",
            "  source <(flink-mydropout completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** A shell. Both shells use the same script, which loads zsh's support for bash completion. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec private CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // one script serves both
    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Override
    public Integer call() {
        CommandLine all = Main.commandLine(Writer.nullWriter(), Writer.nullWriter());
        spec.commandLine().getOut().print(AutoComplete.bash(spec.root().name(), all));
        spec.commandLine().getOut().flush();
        return OptionedCommand.DONE;
    }
}
