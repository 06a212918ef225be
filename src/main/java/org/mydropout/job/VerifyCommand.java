package org.mydropout.job;

import java.io.File;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.job.config.FlinkOptions;
import org.mydropout.job.connector.RecordSource;
import org.mydropout.job.verify.VerificationConfig;
import org.mydropout.job.verify.VerificationConfigReader;
import org.mydropout.job.verify.VerificationResult;
import org.mydropout.job.verify.VerifyCount;
import org.mydropout.job.verify.VerifyPipeline;
import picocli.CommandLine.Command;

/** Makes the records of a job again from its input and compares them with its output. */
@Command(
        name = "verify",
        description = "Compares a job's output, bit by bit, with what its input gives.")
final class VerifyCommand extends JobCommand {

    VerifyCommand(Secrets secrets) {
        super("The verification", secrets);
    }

    @Override
    int run(File file, Map<String, String> options) throws Exception {
        Configuration configuration = readJob(file, options);
        VerificationConfig written = VerificationConfigReader.read(configuration);
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        openWeb(configuration);
        StreamExecutionEnvironment environment = FlinkOptions.environment(configuration);
        VerifyPipeline.build(environment, written);
        Map<String, Object> accumulators =
                await(submit(environment), OptionalLong.empty()).getAllAccumulatorResults();
        return report(accumulators, written.job().source()) ? DONE : FAILED;
    }

    /** Prints the result, and returns whether there are no differences. */
    private boolean report(Map<String, Object> accumulators, RecordSource source) {
        PrintWriter out = out();
        long wrong = 0;
        for (VerifyCount count : VerifyCount.values()) {
            long number = count.of(accumulators);
            String label = count.name().toLowerCase(Locale.ROOT);
            out.printf(Locale.ROOT, "%-12s %,13d%n", label, number);
            wrong += count == VerifyCount.EQUAL ? 0 : number;
        }
        VerificationResult.differences(accumulators).forEach(out::println);
        if (VerifyCount.MISSING.of(accumulators) > 0) {
            source.laterLines().ifPresent(out::println);
        }
        out.println(
                wrong == 0
                        ? "The output is what the input gives."
                        : "The output is not what the input gives.");
        return wrong == 0;
    }
}
