package org.mydropout.job;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutor;
import org.apache.flink.configuration.DeploymentOptions;
import org.mydropout.flink.FlinkRelease;
import org.mydropout.job.snapshot.ApplicationJob;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's entry point. */
@Command(
        name = "flink-mydropout",
        description = "Dropout on feature vectors in Flink, bit-identical to Flax.",
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:done",
            "1:the job failed, or differences were found",
            "2:the arguments or the job file are unusable"
        },
        footer = "COMMAND --help tells more of a command.")
public final class Main {

    /** Kafka's connector and the configuration of a job need this release. */
    private static final String OLDEST_FLINK = "2.0";

    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows how a command is used.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli reads the annotation
    @Option(
            names = "--version",
            versionHelp = true,
            description = "Tells the versions of this project, Flink and Java.")
    private boolean version;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Shows the stack trace of what fails, too.")
    private boolean debug;

    private Main() {}

    /** Whether {@code --debug} was given. */
    boolean showsStackTraces() {
        return debug;
    }

    /**
     * Runs one command and ends the process with its exit status unless that is 0. In a JobManager,
     * which must not end with a command, an exception takes the place of the exit status.
     *
     * @throws CommandFailedException in a JobManager, with what would be printed to standard error,
     *     and the failure or cancellation of a job as the cause, from which Flink learns the state
     *     of the application
     */
    public static void main(String[] args) throws CommandFailedException {
        if (!FlinkRelease.isAtLeast(OLDEST_FLINK)) {
            System.err.printf(
                    "flink-mydropout's commands need Flink %s or later, but this is Flink %s. The"
                            + " operator, MYDROPOUT and ReplayCheck run there, from the artifact"
                            + " with the classifier 'operator'.%n",
                    OLDEST_FLINK, FlinkRelease.current());
            System.exit(OptionedCommand.UNUSABLE);
        }
        boolean inJobManager = isInJobManager();
        Writer out = new OutputStreamWriter(System.out, Charset.defaultCharset());
        Writer err =
                inJobManager
                        ? new StringWriter()
                        : new OutputStreamWriter(System.err, Charset.defaultCharset());
        CommandLine commandLine = commandLine(out, err, args);
        CommandFailures failures = (CommandFailures) commandLine.getExecutionStrategy();
        commandLine.setExecutionStrategy(
                parsed -> {
                    Logging.start(parsed);
                    return failures.execute(parsed);
                });
        int status = commandLine.execute(args);
        if (status != 0 && inJobManager) {
            throw new CommandFailedException(
                    status, err.toString().strip(), failures.jobFailure().orElse(null));
        }
        if (status != 0) {
            System.exit(status);
        }
    }

    /**
     * Whether this process is a JobManager: in application mode, and where a jar is run by Flink's
     * web interface or REST API.
     */
    private static boolean isInJobManager() {
        return ApplicationJob.flinkConfiguration()
                .map(flink -> EmbeddedExecutor.NAME.equals(flink.get(DeploymentOptions.TARGET)))
                .orElse(false);
    }

    /**
     * The command line. One filter hides secrets in all output of the commands and the command
     * line.
     *
     * @param arguments the command line has the commands that they name alone, because picocli
     *     takes a tenth of a second for the options of all; if they name none, it has all commands
     */
    static CommandLine commandLine(Writer out, Writer err, String... arguments) {
        // It would print values past the filter, those with a quote for example.
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
        Secrets secrets = new Secrets();
        Main main = new Main();
        CommandLine commandLine = new CommandLine(main);
        commands(secrets, List.of(arguments)).forEach(commandLine::addSubcommand);
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(new FilteredWriter(out, secrets), true))
                .setErr(new PrintWriter(new FilteredWriter(err, secrets), true));
        commandLine.setExecutionStrategy(new CommandFailures(main));
        IParameterExceptionHandler handler = commandLine.getParameterExceptionHandler();
        return commandLine.setParameterExceptionHandler(
                (refusal, refused) -> {
                    // It quotes an argument, before a command has added the secrets.
                    secrets.addArguments(refused);
                    return handler.handleParseException(refusal, refused);
                });
    }

    private static List<Object> commands(Secrets secrets, List<String> arguments) {
        List<Object> all =
                List.of(
                        new InitCommand(secrets),
                        new RunCommand(secrets),
                        new VerifyCommand(secrets),
                        new ExplainCommand(secrets),
                        new SheetCommand(secrets),
                        new OptionsCommand(),
                        new CompletionCommand());
        List<Object> named =
                all.stream()
                        .filter(
                                command ->
                                        arguments.contains(
                                                command.getClass()
                                                        .getAnnotation(Command.class)
                                                        .name()))
                        .toList();
        return named.isEmpty() ? all : named;
    }
}
