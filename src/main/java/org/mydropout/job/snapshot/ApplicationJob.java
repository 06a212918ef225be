package org.mydropout.job.snapshot;

import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job of an application cluster. Flink knows its id before the job is built, and runs the
 * command line again under the same id when it has lost a JobManager.
 */
public final class ApplicationJob {

    private ApplicationJob() {}

    /**
     * The configuration of Flink's environment where Flink calls the command line, as in
     * application mode; empty elsewhere. A short command has no time to load the environment.
     */
    public static Optional<ReadableConfig> flinkConfiguration() {
        boolean isCalledByFlink =
                StackWalker.getInstance()
                        .walk(
                                frames ->
                                        frames.map(StackFrame::getClassName)
                                                .anyMatch(PackagedProgram.class.getName()::equals));
        return isCalledByFlink
                ? Optional.of(
                        StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration())
                : Optional.empty();
    }

    /** The id in hexadecimal; empty if Flink gives the job an id when it is submitted. */
    public static Optional<String> id() {
        return flinkConfiguration()
                .flatMap(flink -> flink.getOptional(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID));
    }

    /**
     * Whether this job was started before and lost before its first checkpoint: it has a directory
     * in {@code execution.checkpointing.dir}, which Flink makes when a job starts, but no complete
     * snapshot. Then none of its output is final.
     *
     * @param options a configuration
     * @throws IOException if the directories of snapshots cannot be listed
     */
    public static boolean wasLostAtItsStart(Map<String, String> options) throws IOException {
        Optional<String> id = id();
        String checkpoints =
                Configuration.fromMap(options).get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        if (id.isEmpty() || checkpoints == null) {
            return false;
        }
        Path directory = new Path(checkpoints, id.get());
        return directory.getFileSystem().exists(directory)
                && Snapshots.newest(options, Set.of(id.get())).isEmpty();
    }
}
