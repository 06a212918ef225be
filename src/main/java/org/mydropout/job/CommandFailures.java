package org.mydropout.job;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.ExceptionUtils;
import org.mydropout.flink.InvalidDropoutConfigException;
import org.mydropout.job.config.InvalidJobException;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs a command. This is the only place that converts exceptions to sentences and an exit status.
 *
 * <table>
 *   <caption>Exceptions of commands</caption>
 *   <tr><td>{@link InvalidJobException}, {@link InvalidDropoutConfigException}</td>
 *       <td>its sentences, one per line; {@link OptionedCommand#UNUSABLE}</td></tr>
 *   <tr><td>{@link CommandFailedException}</td><td>its sentence, and its status</td></tr>
 *   <tr><td>anything else, including errors of the JVM</td>
 *       <td>{@link FailureSentence}; {@link OptionedCommand#FAILED}</td></tr>
 * </table>
 *
 * <p>The stack trace is printed only with {@code --debug}.
 */
final class CommandFailures implements IExecutionStrategy {

    private final Main main;
    private @Nullable Throwable failure;

    /**
     * @param main tells whether to show stack traces
     */
    CommandFailures(Main main) {
        this.main = main;
    }

    @Override
    public int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (ExecutionException e) {
            return report(e.getCommandLine(), e.getCause() == null ? e : e.getCause());
        } catch (Error e) { // picocli does not catch errors, such as a missing class or a lack of
            // memory
            List<CommandLine> commands = parsed.asCommandLineList();
            return report(commands.get(commands.size() - 1), e);
        }
    }

    /** Returns how the job of the last command failed or was cancelled; empty if it did not. */
    Optional<JobExecutionException> jobFailure() {
        return ExceptionUtils.findThrowable(failure, JobExecutionException.class);
    }

    private int report(CommandLine command, Throwable failure) {
        this.failure = failure;
        PrintWriter err = command.getErr();
        int status = report(command, err, failure);
        if (main.showsStackTraces()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return status;
    }

    private static int report(CommandLine command, PrintWriter err, Throwable failure) {
        if (failure instanceof InvalidJobException e) {
            return unusable(command, err, e.problems());
        }
        if (failure instanceof InvalidDropoutConfigException e) {
            return unusable(command, err, e.problems());
        }
        if (failure instanceof CommandFailedException e) {
            err.println(e.getMessage());
            return e.status();
        }
        err.printf("%s failed: %s%n", command.getCommandName(), FailureSentence.of(failure));
        return OptionedCommand.FAILED;
    }

    private static int unusable(CommandLine command, PrintWriter err, List<String> problems) {
        String subject =
                command.getCommand() instanceof OptionedCommand optioned
                        ? optioned.subject()
                        : command.getCommandName() + " cannot be done";
        err.println(subject + ":");
        problems.forEach(problem -> err.println("  - " + problem));
        return OptionedCommand.UNUSABLE;
    }
}
