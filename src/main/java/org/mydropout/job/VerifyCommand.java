package org.mydropout.job;

import java.io.File;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.job.config.JobConfig;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.pipeline.Difference;
import org.mydropout.job.pipeline.Findings;
import org.mydropout.job.pipeline.VerifyCount;
import org.mydropout.job.pipeline.VerifyPipeline;
import picocli.CommandLine.Command;

/** Makes the records of a job again from its input and compares them with its output. */
@Command(
        name = "verify",
        description = "Compares a job's output, bit by bit, with what its input gives.")
final class VerifyCommand extends JobCommand {

    /** How many differences are shown. */
    private static final int SHOWN = 10;

    VerifyCommand() {
        super("The verification");
    }

    @Override
    int run(File file, Map<String, String> options) throws Exception {
        Configuration configuration = readJob(file, options);
        JobConfig config = JobConfigReader.readWritten(configuration);
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        StreamExecutionEnvironment environment = environment(configuration);
        VerifyPipeline.build(environment, config);
        Map<String, Object> accumulators = await(submit(environment)).getAllAccumulatorResults();
        return report(accumulators) ? DONE : FAILED;
    }

    /** Prints what was found, and returns whether all is as it should be. */
    private boolean report(Map<String, Object> accumulators) {
        PrintWriter out = out();
        long wrong = 0;
        for (VerifyCount count : VerifyCount.values()) {
            long number = count.of(accumulators);
            String label = count.name().toLowerCase(Locale.ROOT);
            out.printf(Locale.ROOT, "%-12s %,13d%n", label, number);
            wrong += count == VerifyCount.EQUAL ? 0 : number;
        }
        List<Difference> differences = Findings.differences(accumulators);
        differences.stream().limit(SHOWN).forEach(out::println);
        out.flush();
        return wrong == 0;
    }
}
