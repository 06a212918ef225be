package org.mydropout.job.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mydropout.job.augment.JobConfig;
import org.mydropout.job.connector.RecordSink;
import org.mydropout.job.connector.kafka.KafkaRecordSink;
import org.mydropout.job.connector.kafka.KafkaRecordSource;
import org.mydropout.job.connector.kafka.Topics;

/**
 * Whether the topics of a job can be had. Its source would wait for them, and its sink for a minute
 * at each attempt, before they said so.
 */
public final class TopicCheck {

    private final List<String> problems = new ArrayList<>();

    private TopicCheck() {}

    /**
     * Asks for the topics of a job that is about to run.
     *
     * @throws InvalidJobException with a sentence for each that does not exist and will not be
     *     created, or for the first brokers that do not answer
     */
    public static void check(JobConfig job) throws InvalidJobException, InterruptedException {
        TopicCheck check = new TopicCheck();
        check.source(job);
        check.sink("sink", job.sink(), true);
        if (job.deadLetter().isPresent()) {
            check.sink("dead-letter", job.deadLetter().get(), true);
        }
        check.end();
    }

    /**
     * Asks for the topics of a job that has run.
     *
     * @throws InvalidJobException with a sentence for each that does not exist, or for the first
     *     brokers that do not answer
     */
    public static void checkWritten(JobConfig job)
            throws InvalidJobException, InterruptedException {
        TopicCheck check = new TopicCheck();
        check.source(job);
        check.sink("sink", job.sink(), false);
        check.end();
    }

    private void source(JobConfig job) throws InvalidJobException, InterruptedException {
        if (job.source() instanceof KafkaRecordSource topics) {
            check(Topics.of(topics), false);
        }
    }

    private void sink(String owner, RecordSink sink, boolean created)
            throws InvalidJobException, InterruptedException {
        if (sink instanceof KafkaRecordSink topic) {
            check(Topics.of(owner, topic), created);
        }
    }

    private void check(Topics topics, boolean created)
            throws InvalidJobException, InterruptedException {
        try {
            problems.addAll(topics.missing(created));
        } catch (IOException e) {
            problems.add(e.getMessage());
            end(); // the others are mostly of the same brokers, and would take as long
        }
    }

    private void end() throws InvalidJobException {
        if (!problems.isEmpty()) {
            throw new InvalidJobException(problems);
        }
    }
}
