package org.mydropout.job;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Chooses the logging of a command. Log4j's full implementation takes most of the start of a short
 * command, so commands that run no job use Log4j's simple logger, which prints errors and leaves no
 * file behind.
 */
final class Logging {

    /** Log4j's property for its implementation. */
    static final String PROVIDER = "log4j.provider";

    static final String SIMPLE = "org.apache.logging.log4j.simple.internal.SimpleProvider";

    private Logging() {}

    /** Must be called before the first logger exists. Does nothing where the property is set. */
    static void start(ParseResult parsed) {
        List<CommandLine> commands = parsed.asCommandLineList();
        boolean runsJob = commands.get(commands.size() - 1).getCommand() instanceof JobCommand;
        if (!runsJob && System.getProperty(PROVIDER) == null) {
            System.setProperty(PROVIDER, SIMPLE);
        }
    }
}
