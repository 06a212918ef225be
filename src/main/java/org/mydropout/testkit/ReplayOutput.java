package org.mydropout.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The output of a run, sorted by the records' bytes, because the order of arrival may vary. */
final class ReplayOutput<R> {

    private final ReplayRun run;
    private final List<Entry<R>> entries;

    private record Entry<R>(byte[] bytes, R value) {}

    private ReplayOutput(ReplayRun run, List<Entry<R>> entries) {
        this.run = run;
        this.entries = entries;
    }

    static <R> ReplayOutput<R> of(ReplayRun run, List<R> records, TypeSerializer<R> serializer)
            throws IOException {
        List<Entry<R>> entries = new ArrayList<>();
        for (R value : records) {
            DataOutputSerializer bytes = new DataOutputSerializer(64);
            serializer.serialize(value, bytes);
            entries.add(new Entry<>(bytes.getCopyOfBuffer(), value));
        }
        entries.sort((a, b) -> Arrays.compareUnsigned(a.bytes, b.bytes));
        return new ReplayOutput<>(run, entries);
    }

    List<R> records() {
        return entries.stream().map(Entry::value).toList();
    }

    /** Fails if there are no records. */
    void requireRecords() {
        if (entries.isEmpty()) {
            throw new AssertionError(
                    "The pipeline must give records, or the check proves nothing, but gives none in"
                            + " the run "
                            + run
                            + ".");
        }
    }

    /** Fails if the outputs of the two runs differ in a byte. */
    void requireSame(ReplayOutput<R> other) {
        int first = 0;
        while (has(first) && other.has(first) && isSame(other, first)) {
            first++;
        }
        if (has(first) || other.has(first)) {
            throw new AssertionError(
                    """
                    The pipeline must give the same records however it is run, but two runs differ.
                    %s
                    %s"""
                            .formatted(describe(first), other.describe(first)));
        }
    }

    private boolean has(int index) {
        return index < entries.size();
    }

    private boolean isSame(ReplayOutput<R> other, int index) {
        return Arrays.equals(entries.get(index).bytes, other.entries.get(index).bytes);
    }

    private String describe(int first) {
        return "%s: %d records; sorted, the first that differs is %s"
                .formatted(
                        run,
                        entries.size(),
                        has(first)
                                ? "number %d, %s"
                                        .formatted(first + 1, FullText.of(entries.get(first).value))
                                : "missing");
    }
}
