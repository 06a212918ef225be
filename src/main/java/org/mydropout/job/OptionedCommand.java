package org.mydropout.job;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mydropout.job.config.InvalidJobException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that accepts options of a job with {@code -D}. */
abstract class OptionedCommand implements Callable<Integer> {

    static final int DONE = 0;

    /** The job failed, or differences were found. */
    static final int FAILED = 1;

    /** The arguments or the job file are unusable. */
    static final int UNUSABLE = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "Sets an option, over the job file and conf/config.yaml.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    private final Secrets secrets;

    /**
     * @param secrets the secrets that are not printed; receives those of the options
     */
    OptionedCommand(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Runs the command.
     *
     * @return the exit status
     * @throws InvalidJobException if nothing was started or written, because the arguments or the
     *     job file are unusable
     * @throws Exception if the command fails; {@link CommandFailures} reports it
     */
    abstract int run() throws Exception;

    /** The subject of the problems, as the beginning of a line. */
    abstract String subject();

    @Override
    public Integer call() throws Exception {
        secrets.add(overrides);
        return run();
    }

    /** The options of the command line. */
    Map<String, String> overrides() {
        return overrides;
    }

    /** The secrets that are not printed. */
    Secrets secrets() {
        return secrets;
    }

    /** The definition of the command. */
    CommandSpec spec() {
        return spec;
    }

    /** The writer for results. */
    PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
