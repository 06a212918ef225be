package org.mydropout.job;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfig;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.file.OutputDirectory;
import org.mydropout.job.pipeline.AugmentPipeline;
import picocli.CommandLine.Command;

/** Runs a job file: on the cluster that Flink's own script submits to, else in this process. */
@Command(
        name = "run",
        description = "Applies dropout to every record of a source and writes them to a sink.")
final class RunCommand extends JobCommand {

    @Override
    int run(Configuration configuration) throws Exception {
        JobConfig config = JobConfigReader.read(configuration);
        StreamExecutionEnvironment environment = environment(configuration);
        requireFinalFiles(environment);
        AugmentPipeline.build(environment, config);
        clearOutputs(config);
        long start = System.nanoTime();
        JobExecutionResult result = await(environment.executeAsync());
        long nanoseconds = System.nanoTime() - start;
        out().print(new RunSummary(config, result.getAllAccumulatorResults(), nanoseconds).text());
        out().flush();
        return DONE;
    }

    /** Flink's file sink never finishes a file of a stream that takes no checkpoints. */
    static void requireFinalFiles(StreamExecutionEnvironment environment)
            throws InvalidJobException {
        try {
            boolean streaming =
                    environment.getConfiguration().get(ExecutionOptions.RUNTIME_MODE)
                            == RuntimeExecutionMode.STREAMING;
            if (streaming && !environment.getCheckpointConfig().isCheckpointingEnabled()) {
                throw new InvalidJobException(
                        List.of(
                                CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
                                        + " must be set, to 10 s for example, where "
                                        + ExecutionOptions.RUNTIME_MODE.key()
                                        + " is STREAMING: output files are final at a checkpoint."));
            }
        } catch (IllegalArgumentException e) {
            throw refusedByFlink(e);
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
}
