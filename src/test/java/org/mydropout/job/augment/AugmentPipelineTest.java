package org.mydropout.job.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.config.JobConfigReader;

/** Tests for {@link AugmentPipeline}. */
class AugmentPipelineTest {

    @TempDir private Path directory;

    /**
     * Savepoints name these: one that is changed or left out loses that operator's state. Flink
     * makes the writers and committers of a sink out of the sink's uid.
     */
    @Test
    void operatorUidsNeverChange() throws Exception {
        assertThat(uids())
                .containsExactlyInAnyOrder(
                        "source",
                        "decode",
                        "dropout",
                        "sink",
                        "Sink Committer: sink",
                        "dead-letter",
                        "Sink Committer: dead-letter");
    }

    private List<String> uids() throws Exception {
        Path input = Files.writeString(directory.resolve("input.jsonl"), "{}\n");
        Configuration configuration =
                Configuration.fromMap(
                        Map.of(
                                "source.connector", "filesystem",
                                "source.path", input.toString(),
                                "source.format", "json",
                                "sink.connector", "filesystem",
                                "sink.path", directory.resolve("output").toString(),
                                "dead-letter.connector", "filesystem",
                                "dead-letter.path", directory.resolve("dead-letter").toString(),
                                "dropout.rate", "0.5",
                                "execution.runtime-mode", "BATCH",
                                "dropout.seed", "42"));
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        AugmentPipeline.build(environment, JobConfigReader.read(configuration));
        return environment.getStreamGraph(false).getStreamNodes().stream()
                .map(StreamNode::getTransformationUID)
                .toList();
    }
}
