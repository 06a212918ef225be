package org.mydropout.job.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.Nullable;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink's enumerator of partitions, which asks the brokers every few seconds whether the topics
 * still exist. It tells the readers of those that are missing twice in a row, since a broker that
 * starts may not know all topics yet.
 *
 * <p>It also tells the readers of a bounded job that continues from a snapshot that no more
 * partitions come. Flink's enumerator tells them only after it has found a new partition
 * (FLINK-31006, in {@code KafkaSourceEnumerator.checkPartitionChanges}). Without new partitions,
 * such a job would never end.
 */
final class TopicWatch implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

    private static final long INTERVAL = Duration.ofSeconds(2).toMillis();

    /** No checkpoint has it: the partitions are asked for, not kept. */
    private static final long NO_CHECKPOINT = -1;

    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final Properties client;
    private final boolean boundedAndRestored;
    @Nullable private Admin admin;
    private Set<String> missing = Set.of();
    private boolean noMorePartitions;

    /**
     * @param client the properties of the client that asks for the topics
     * @param boundedAndRestored whether the job is bounded and continues from a snapshot
     */
    TopicWatch(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            Properties client,
            boolean boundedAndRestored) {
        this.enumerator = enumerator;
        this.context = context;
        this.client = client;
        this.boundedAndRestored = boundedAndRestored;
    }

    @Override
    public void start() {
        int known = state().splits().size();
        enumerator.start();
        if (boundedAndRestored) {
            // Flink's enumerator lists the partitions, and then the offsets of new ones. The calls
            // run in this order.
            afterCalls(() -> afterCalls(() -> endWithoutNewPartitions(known)));
        }
        admin = Admin.create(client);
        context.callAsync(this::existing, this::compare, INTERVAL, INTERVAL);
    }

    /** Runs an action in the coordinator's thread after all calls so far. */
    private void afterCalls(Runnable action) {
        context.callAsync(() -> true, (done, failure) -> action.run());
    }

    /** Flink's enumerator tells the readers itself if it has found a new partition. */
    private void endWithoutNewPartitions(int known) {
        if (state().splits().size() == known) {
            noMorePartitions = true;
            context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
        }
    }

    private Set<String> existing() throws InterruptedException {
        return Topics.get(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
    }

    private void compare(@Nullable Set<String> existing, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.debug("The brokers did not say which topics exist.", failure);
            return;
        }
        Set<String> gone = assigned();
        gone.removeAll(existing);
        Set<String> twice = new HashSet<>(gone);
        twice.retainAll(missing);
        missing = gone;
        if (!twice.isEmpty()) {
            context.registeredReaders()
                    .keySet()
                    .forEach(
                            reader ->
                                    context.sendEventToSourceReader(reader, new TopicsGone(twice)));
        }
    }

    private Set<String> assigned() {
        return state().assignedSplits().stream()
                .map(KafkaPartitionSplit::getTopic)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private KafkaSourceEnumState state() {
        try {
            return enumerator.snapshotState(NO_CHECKPOINT);
        } catch (Exception e) { // declared by snapshotState
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        enumerator.handleSplitRequest(subtask, host);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    @Override
    public void addReader(int subtask) {
        enumerator.addReader(subtask);
        if (noMorePartitions) {
            context.signalNoMoreSplits(subtask);
        }
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
        return enumerator.snapshotState(checkpointId);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        enumerator.handleSourceEvent(subtask, event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        enumerator.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        enumerator.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws IOException {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        enumerator.close();
    }
}
