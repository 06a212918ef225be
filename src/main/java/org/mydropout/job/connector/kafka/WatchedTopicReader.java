package org.mydropout.job.connector.kafka;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.mydropout.job.connector.PermanentFailureException;
import org.mydropout.job.text.SourceRecord;

/** Flink's reader of topics, which fails when one of its topics is gone. */
@SuppressWarnings("try") // Flink's close throws Exception
final class WatchedTopicReader implements SourceReader<SourceRecord, KafkaPartitionSplit> {

    /** No checkpoint has it: the positions are asked for, not kept. */
    private static final long NO_CHECKPOINT = -1;

    private final SourceReader<SourceRecord, KafkaPartitionSplit> reader;

    WatchedTopicReader(SourceReader<SourceRecord, KafkaPartitionSplit> reader) {
        this.reader = reader;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof TopicsGone gone) {
            gone.topics().stream().sorted().forEach(this::requireUnread);
        } else {
            reader.handleSourceEvents(event);
        }
    }

    /** Fails if this reader has not read its partitions of a topic to their ends. */
    private void requireUnread(String topic) {
        List<KafkaPartitionSplit> partitions =
                reader.snapshotState(NO_CHECKPOINT).stream()
                        .filter(split -> split.getTopic().equals(topic))
                        .sorted(Comparator.comparing(KafkaPartitionSplit::getPartition))
                        .toList();
        if (!partitions.isEmpty()) {
            String sentence =
                    "Topic %s is gone since the job began to read it. %s"
                            .formatted(
                                    topic,
                                    partitions.stream()
                                            .map(WatchedTopicReader::position)
                                            .collect(Collectors.joining(" ")));
            throw new UncheckedIOException(new PermanentFailureException(sentence, null));
        }
    }

    private static String position(KafkaPartitionSplit partition) {
        long next = partition.getStartingOffset(); // negative until the first message
        return next <= 0
                ? "Nothing of partition %d was read.".formatted(partition.getPartition())
                : "Partition %d was read up to offset %d."
                        .formatted(partition.getPartition(), next - 1);
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceRecord> output) throws Exception {
        return reader.pollNext(output);
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        reader.addSplits(splits);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> paused, Collection<String> resumed) {
        reader.pauseOrResumeSplits(paused, resumed);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
