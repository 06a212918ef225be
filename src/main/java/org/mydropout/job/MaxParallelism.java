package org.mydropout.job;

import java.util.List;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.mydropout.job.config.InvalidJobException;

/**
 * The number of key groups, which Flink calls the maximum parallelism. It belongs to a job's state
 * as its uids do: no savepoint can be restored under another one.
 */
final class MaxParallelism {

    /** What conf/config.yaml says, too, and Flink derives up to a parallelism of 85. */
    static final int DEFAULT = 128;

    private MaxParallelism() {}

    /**
     * Sets it where no configuration does, so that it never depends on a job's parallelism.
     *
     * @throws InvalidJobException if there are fewer of them than subtasks
     */
    static void set(StreamExecutionEnvironment environment) throws InvalidJobException {
        if (environment.getConfiguration().getOptional(PipelineOptions.MAX_PARALLELISM).isEmpty()) {
            environment.setMaxParallelism(DEFAULT);
        }
        if (environment.getParallelism() > environment.getMaxParallelism()) {
            throw new InvalidJobException(
                    List.of(
                            "%s must be at most %s, which is %d, but is %d; no savepoint can be restored under another %2$s."
                                    .formatted(
                                            CoreOptions.DEFAULT_PARALLELISM.key(),
                                            PipelineOptions.MAX_PARALLELISM.key(),
                                            environment.getMaxParallelism(),
                                            environment.getParallelism())));
        }
    }
}
