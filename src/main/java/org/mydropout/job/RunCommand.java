package org.mydropout.job;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.application.WebSubmissionJobClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.job.augment.AugmentPipeline;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.config.FlinkOptions;
import org.mydropout.job.config.InvalidJobException;
import org.mydropout.job.config.JobConfigReader;
import org.mydropout.job.config.JobFile;
import org.mydropout.job.config.TextFile;
import org.mydropout.job.connector.RecordSink.EarlierOutput;
import org.mydropout.job.script.SqlScript;
import org.mydropout.job.script.SqlScriptException;
import org.mydropout.job.snapshot.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs a job file or an SQL script: on the cluster to which Flink's own script submits, or else in
 * this process.
 */
@Command(
        name = "run",
        description = "Applies dropout to every record of a source and writes them to a sink.")
final class RunCommand extends JobCommand {

    private static final String SQL = ".sql";

    @Option(
            names = "--resume",
            description =
                    "Continues from the newest checkpoint or savepoint of the job that wrote the output.")
    private boolean resume;

    RunCommand(Secrets secrets) {
        super("The job", secrets);
    }

    @Override
    int run(File file, Map<String, String> options) throws Exception {
        return file.getName().endsWith(SQL) ? runScript(file, options) : runJob(file, options);
    }

    private int runScript(File file, Map<String, String> options)
            throws InvalidJobException, CommandFailedException, InterruptedException {
        if (resume) {
            throw new InvalidJobException(
                    List.of(
                            "--resume must be given with a job file, but %s is an SQL script."
                                    .formatted(file)));
        }
        try {
            Configuration base = JobFile.base();
            String script = TextFile.read(file);
            readFlink(); // only for its secrets: the script's environment reads it again
            secrets().add(base.toMap());
            secrets().addScript(script);
            new SqlScript(script, base, options, out()).run();
            return DONE;
        } catch (SqlScriptException e) {
            String problem =
                    e.isRefused()
                            ? e.getMessage()
                            : "The job failed: " + FailureSentence.of(e.getCause());
            throw new CommandFailedException(
                    e.isSubmitted() ? FAILED : UNUSABLE,
                    "%s:%d: %s".formatted(file, e.line(), problem),
                    e);
        }
    }

    private int runJob(File file, Map<String, String> options) throws Exception {
        Configuration configuration = readJob(file, options);
        Optional<Snapshot> snapshot =
                resume ? Resumption.of(configuration) : Resumption.ofSameJob(configuration);
        if (snapshot.isPresent()) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, snapshot.get().path());
            out().printf(
                            "The job continues from %s, snapshot %d.%n",
                            snapshot.get().path(), snapshot.get().number());
        }
        JobConfig config = JobConfigReader.read(configuration);
        openWeb(configuration);
        StreamExecutionEnvironment environment = FlinkOptions.environment(configuration);
        AugmentPipeline.build(environment, config);
        EarlierOutput earlierSink = config.sink().earlierOutput();
        EarlierOutput earlierDeadLetter =
                config.deadLetter().isPresent()
                        ? config.deadLetter().get().earlierOutput()
                        : EarlierOutput.NONE;
        long start = System.nanoTime();
        JobClient client = submit(environment);
        boolean started = isStarted(client);
        if (started) { // a job that cannot start must not delete anything
            earlierSink.delete();
            earlierDeadLetter.delete();
            config.sink().create();
            if (config.deadLetter().isPresent()) {
                config.deadLetter().get().create();
            }
        }
        if (!environment.getConfiguration().get(DeploymentOptions.ATTACHED)) {
            out().println("Submitted as job " + client.getJobID() + ", which runs on by itself.");
            return DONE;
        }
        JobExecutionResult result;
        try {
            result = await(client, config.source().size());
        } catch (ExecutionException e) {
            boolean restored = configuration.contains(StateRecoveryOptions.SAVEPOINT_PATH);
            throw failed(e, started && !restored ? leftBehind(config) : List.of());
        }
        long nanoseconds = System.nanoTime() - start;
        out().print(new RunSummary(config, result.getAllAccumulatorResults(), nanoseconds).text());
        out().flush();
        return DONE;
    }

    private static List<String> leftBehind(JobConfig config) {
        List<String> sentences = new ArrayList<>();
        config.sink().leftBehind("sink").ifPresent(sentences::add);
        config.deadLetter()
                .flatMap(deadLetter -> deadLetter.leftBehind("dead-letter"))
                .ifPresent(sentences::add);
        return sentences;
    }

    /**
     * Waits until a job is initialized, and returns whether that succeeded. The client of a web
     * submission tells nothing of its job.
     */
    private static boolean isStarted(JobClient client) throws InterruptedException {
        if (client instanceof WebSubmissionJobClient) {
            return true;
        }
        while (true) {
            try {
                JobStatus status = client.getJobStatus().get();
                if (status != JobStatus.INITIALIZING) {
                    return status != JobStatus.FAILING && status != JobStatus.FAILED;
                }
                client.getJobExecutionResult().get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Still initializing.
            } catch (ExecutionException | IllegalStateException e) {
                return hasEndedWell(client); // an embedded cluster goes with its job
            }
        }
    }

    private static boolean hasEndedWell(JobClient client) throws InterruptedException {
        try {
            client.getJobExecutionResult().get();
            return true;
        } catch (ExecutionException e) {
            return false; // who waits for the result will hear why
        }
    }
}
