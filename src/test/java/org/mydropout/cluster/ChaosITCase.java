package org.mydropout.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mydropout.cluster.FlinkCluster.DEADLINE;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests for jobs in random schedules of faults. Each must write the lines and the dead letters of a
 * job without faults, each once.
 *
 * <p>{@code -Dchaos.seed=1 -Dchaos.schedules=100} runs 100 schedules from files to files and 100
 * from topic to topic, from those of seed 1 on. {@code -Dit.test=ChaosITCase#*Topic*} runs the
 * latter alone. A seed repeats the job's options, and the faults and their times in checkpoints,
 * but not what the processes do in the meantime.
 */
@Tag("cluster")
class ChaosITCase {

    @RegisterExtension private static final FlinkCluster CLUSTER = new FlinkCluster();

    @RegisterExtension private static final BrokerProcess BROKER = new BrokerProcess();

    /**
     * Seeds whose schedules together have nearly all kinds of faults ({@link FaultScheduleTest}).
     */
    static final long[] SEEDS = {450, 489, 704};

    /**
     * As {@link #SEEDS}, for jobs from topic to topic: seeds whose schedules disturb the broker.
     */
    static final long[] TOPIC_SEEDS = {1216, 1798};

    private static List<String> undisturbed;
    private static List<String> undisturbedDeadLetters;

    static LongStream seeds() {
        return seeds(SEEDS);
    }

    static LongStream topicSeeds() {
        return seeds(TOPIC_SEEDS);
    }

    private static LongStream seeds(long... fixed) {
        Long first = Long.getLong("chaos.seed");
        return first == null
                ? LongStream.of(fixed)
                : LongStream.range(first, first + Integer.getInteger("chaos.schedules", 1));
    }

    /** Not in a method for all tests, because the processes start just before the first test. */
    private static void runUndisturbed() throws Exception {
        if (undisturbed == null) {
            AugmentJob job = new AugmentJob(CLUSTER.directory(), "undisturbed", false);
            JavaProcess client = CLUSTER.run(List.of(), List.of(job.file()));
            assertThat(client.exitStatus(DEADLINE)).as(client.output()).isZero();
            undisturbed = job.sortedOutput();
            undisturbedDeadLetters = job.sortedDeadLetters();
        }
        assertThat(undisturbed).hasSize(AugmentJob.LINES);
        assertThat(undisturbedDeadLetters).hasSize(AugmentJob.BROKEN_LINES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void faultsLoseAndRepeatNothing(long seed) throws Exception {
        runUndisturbed();
        check(
                FaultSchedule.of(seed, Fault.OF_FILES),
                new AugmentJob(CLUSTER.directory(), "seed-" + seed, true));
    }

    /** The records of a topic are those of the files. */
    @ParameterizedTest
    @MethodSource("topicSeeds")
    void faultsLoseAndRepeatNothingFromTopicToTopic(long seed) throws Exception {
        runUndisturbed();
        FaultSchedule schedule = FaultSchedule.of(seed, Fault.OF_TOPICS);
        BROKER.start();
        try (TopicJob job = new TopicJob(BROKER, CLUSTER.directory(), "topic-seed-" + seed)) {
            check(schedule, job);
        }
    }

    private static void check(FaultSchedule schedule, ChaosJob job) throws Exception {
        new FaultyRun(CLUSTER, schedule, job).run();

        assertThat(job.sortedOutput()).as("%s", schedule).isEqualTo(undisturbed);
        assertThat(job.sortedDeadLetters()).as("%s", schedule).isEqualTo(undisturbedDeadLetters);
    }
}
