package org.mydropout.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mydropout.job.JobRunner.Outcome;
import org.mydropout.job.connector.kafka.KafkaBroker;

/** Tests for {@link ExplainCommand} with a topic of a real broker. */
@Timeout(300)
class KafkaExplainITCase {

    @RegisterExtension private static final KafkaBroker BROKER = new KafkaBroker();

    @TempDir private Path directory;
    private KafkaJobs jobs;

    @BeforeEach
    void sendRecords() throws Exception {
        jobs = new KafkaJobs(BROKER, directory);
        BROKER.send(List.of(new ProducerRecord<>(jobs.in, "no record".getBytes(UTF_8))));
        jobs.send(0, 120);
    }

    @Test
    void findsTheRecordOfAnIdAndAStep() {
        Outcome outcome = jobs.explain("--id", "17", "--step", "1");

        assertThat(outcome.err()).isEmpty();
        assertThat(onOneLine(outcome))
                .startsWith("Record id 17, step 1: 8 elements")
                .containsPattern("The vector before is that of %s-[01]:\\d+\\.".formatted(jobs.in));
        assertThat(outcome.status()).isZero();
    }

    @Test
    void saysHowFarItRead() {
        Outcome outcome = jobs.explain("--id", "50", "--step", "0", "--size", "8");

        assertThat(onOneLine(outcome))
                .contains(
                        "topic %s has no record of this id: all of its 121 lines were read."
                                .formatted(jobs.in));
        assertThat(outcome.status()).isZero();
    }

    @Test
    void endsWhereTheTopicEndsNow() {
        Outcome outcome = jobs.explain("--id", "17", "--step", "9");

        assertThat(onOneLine(outcome))
                .containsPattern(
                        "The vector before is that of step 0, %s-[01]:\\d+; there is none of step 9\\."
                                .formatted(jobs.in));
    }

    /** The output with its sentences on one line. */
    private static String onOneLine(Outcome outcome) {
        return outcome.out().replaceAll("\\s+", " ");
    }
}
