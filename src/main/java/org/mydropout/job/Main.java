package org.mydropout.job;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's entry point. */
@Command(
        name = "flink-mydropout",
        description = "Dropout on feature vectors in Flink, bit-identical to Flax.",
        subcommands = {RunCommand.class, VerifyCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    @SuppressWarnings("UnusedVariable") // picocli looks at the annotation
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows how a command is used.")
    private boolean help;

    private Main() {}

    /** Runs one command and ends the process with its exit status unless that is 0. */
    public static void main(String[] args) {
        int status = commandLine().execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
