package org.mydropout.job;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.SerializedThrowable;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfig;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.file.OutputDirectory;
import org.mydropout.job.pipeline.AugmentPipeline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a job file: on the cluster that Flink's own script submits to, else in this process. */
@Command(
        name = "run",
        description = "Applies dropout to every record of a source and writes them to a sink.")
final class RunCommand implements Callable<Integer> {

    private static final int DONE = 0;
    private static final int JOB_FAILED = 1;
    private static final int UNUSABLE = 2;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "JOB", description = "The job file.")
    private File jobFile;

    @Option(
            names = "-D",
            paramLabel = "key=value",
            description = "Sets an option, over the job file and conf/config.yaml.")
    private Map<String, String> overrides = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        try {
            Configuration configuration = JobFile.read(jobFile, overrides);
            JobConfig config = JobConfigReader.read(configuration);
            StreamExecutionEnvironment environment = environment(configuration);
            AugmentPipeline.build(environment, config);
            clearOutputs(config);
            return run(environment, config);
        } catch (InvalidJobException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(jobFile + " cannot be run:");
            e.problems().forEach(problem -> err.println("  - " + problem));
            err.flush();
            return UNUSABLE;
        }
    }

    private static StreamExecutionEnvironment environment(Configuration configuration)
            throws InvalidJobException {
        try {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(configuration);
            requireFinalFiles(environment);
            return environment;
        } catch (IllegalArgumentException e) {
            throw new InvalidJobException(
                    List.of("Flink refuses one of its own options: " + e.getMessage()));
        }
    }

    /** Flink's file sink never finishes a file of a stream that takes no checkpoints. */
    static void requireFinalFiles(StreamExecutionEnvironment environment)
            throws InvalidJobException {
        boolean batch =
                environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                        != RuntimeExecutionMode.STREAMING;
        if (!batch && !environment.getCheckpointConfig().isCheckpointingEnabled()) {
            throw new InvalidJobException(
                    List.of(
                            CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
                                    + " must be set, to 10 s for example, where "
                                    + ExecutionOptions.RUNTIME_MODE.key()
                                    + " is STREAMING: output files are final at a checkpoint."));
        }
    }

    private static void clearOutputs(JobConfig config) throws IOException {
        if (config.sink().overwrite()) {
            OutputDirectory.at(config.sink().path()).clear();
        }
        if (config.deadLetter().isPresent() && config.deadLetter().get().overwrite()) {
            OutputDirectory.at(config.deadLetter().get().path()).clear();
        }
    }

    private int run(StreamExecutionEnvironment environment, JobConfig config) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        long start = System.nanoTime();
        JobClient client = environment.executeAsync();
        try {
            JobExecutionResult result = await(client, new RunProgress(System.console()));
            long nanoseconds = System.nanoTime() - start;
            out.print(
                    new RunSummary(config, result.getAllAccumulatorResults(), nanoseconds).text());
            out.flush();
            return DONE;
        } catch (ExecutionException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("The job failed: " + reason(e));
            err.flush();
            return JOB_FAILED;
        }
    }

    private static JobExecutionResult await(JobClient client, RunProgress progress)
            throws ExecutionException, InterruptedException {
        CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
        while (true) {
            try {
                return result.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                progress.show(client);
            } finally {
                if (result.isDone()) {
                    progress.end();
                }
            }
        }
    }

    /** The innermost cause's sentence: what wraps it only says that a job failed. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof SerializedThrowable serialized) {
            cause = serialized.deserializeError(RunCommand.class.getClassLoader());
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
