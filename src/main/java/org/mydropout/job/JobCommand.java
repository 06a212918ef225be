package org.mydropout.job;

import java.io.File;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.mydropout.job.config.FlinkOptions;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.progress.ProgressMode;
import org.mydropout.job.progress.ProgressReporter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that runs a job of a job file, in this process or on a cluster. */
abstract class JobCommand extends OptionedCommand {

    @Parameters(
            paramLabel = "JOB",
            description = "The job file. For run it may be an SQL script, whose name ends in .sql.")
    private File jobFile;

    @Option(
            names = "--progress",
            paramLabel = "MODE",
            description =
                    "How far the job is: auto, a line that changes on a terminal, else a line every"
                            + " ten seconds; plain, such lines always; none.")
    private ProgressMode progress = ProgressMode.AUTO;

    @Option(
            names = "--web",
            description = "Opens Flink's web interface while the job runs in this process.")
    private boolean web;

    private final String name;

    /**
     * @param name the name of the job, as the beginning of a sentence
     * @param secrets the secrets that are not printed; receives those of the job
     */
    JobCommand(String name, Secrets secrets) {
        super(secrets);
        this.name = name;
    }

    /**
     * Runs the command.
     *
     * @return the exit status
     * @throws InvalidJobException if the job file is invalid, and nothing was started
     * @throws ExecutionException if the job failed
     */
    abstract int run(File file, Map<String, String> options) throws Exception;

    @Override
    String subject() {
        return jobFile + " cannot be run";
    }

    @Override
    int run() throws Exception {
        try {
            return run(jobFile, overrides());
        } catch (ExecutionException e) {
            throw failed(e, List.of());
        }
    }

    /**
     * The exception for a failed job.
     *
     * @param leftBehind full sentences about what the job left behind
     */
    CommandFailedException failed(ExecutionException failure, List<String> leftBehind) {
        if (ExceptionUtils.findThrowable(failure, JobCancellationException.class).isPresent()) {
            return new CommandFailedException(FAILED, name + " was cancelled.", failure);
        }
        List<String> lines = new ArrayList<>();
        lines.add(name + " failed: " + FailureSentence.of(failure));
        lines.addAll(leftBehind);
        return new CommandFailedException(
                FAILED, String.join(System.lineSeparator(), lines), failure);
    }

    /**
     * Reads the configuration of Flink's client: that of its cluster, overridden by its own
     * arguments, such as a savepoint. Adds its secrets to those that are not printed.
     */
    Configuration readFlink() throws InvalidJobException {
        StreamExecutionEnvironment environment = FlinkOptions.environment(new Configuration());
        Configuration configuration = Configuration.fromMap(environment.getConfiguration().toMap());
        secrets().add(configuration.toMap());
        return configuration;
    }

    /**
     * Reads the job file over {@link #readFlink()}. Adds its secrets to those that are not printed.
     */
    Configuration readJob(File file, Map<String, String> options) throws InvalidJobException {
        Configuration configuration = FlinkOptions.defaults();
        configuration.addAll(readFlink());
        configuration.addAll(JobFile.read(file, options));
        secrets().add(configuration.toMap());
        return configuration;
    }

    /** Opens Flink's web interface if that is asked for, and prints its address. */
    void openWeb(Configuration configuration) throws InvalidJobException {
        if (web) {
            err().println("Flink's web interface: " + WebInterface.open(configuration));
            err().flush();
        }
    }

    private PrintWriter err() {
        return spec().commandLine().getErr();
    }

    /**
     * Starts a job.
     *
     * @throws ExecutionException if Flink does not accept the job, or cannot initialize it
     */
    static JobClient submit(StreamExecutionEnvironment environment) throws ExecutionException {
        try {
            return environment.executeAsync();
        } catch (Exception e) { // declared by executeAsync
            throw new ExecutionException(e);
        }
    }

    /**
     * Waits for a job, and reports its progress.
     *
     * @param inputSize how many bytes its source has, where that is known
     */
    JobExecutionResult await(JobClient client, OptionalLong inputSize)
            throws ExecutionException, InterruptedException {
        ProgressReporter reporter =
                ProgressReporter.of(progress, Terminal.find(), err(), inputSize);
        CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
        try {
            while (true) {
                try {
                    return result.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    reporter.report(client);
                }
            }
        } finally {
            reporter.end();
        }
    }
}
