package org.mydropout.job;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line's entry point. */
@Command(
        name = "flink-mydropout",
        description = "Dropout on feature vectors in Flink, bit-identical to Flax.",
        subcommands = {RunCommand.class, HelpCommand.class})
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit status unless that is 0. */
    public static void main(String[] args) {
        int status = new CommandLine(new Main()).execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }
}
