package org.mydropout.testkit;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.StringUtils;

/** What a run put out, sorted by the records' bytes: the order of arrival is no promise. */
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
        entries.sort((a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes()));
        return new ReplayOutput<>(run, entries);
    }

    /** Fails if the other run's output is not this one's, byte for byte. */
    void requireSame(ReplayOutput<R> other) {
        for (int i = 0; i < Math.max(entries.size(), other.entries.size()); i++) {
            Entry<R> mine = i < entries.size() ? entries.get(i) : null;
            Entry<R> theirs = i < other.entries.size() ? other.entries.get(i) : null;
            int order =
                    mine == null
                            ? 1
                            : theirs == null
                                    ? -1
                                    : Arrays.compareUnsigned(mine.bytes(), theirs.bytes());
            if (order < 0) {
                throw difference(other, this, other, mine.value());
            }
            if (order > 0) {
                throw difference(other, other, this, theirs.value());
            }
        }
    }

    private AssertionError difference(
            ReplayOutput<R> other, ReplayOutput<R> with, ReplayOutput<R> without, R value) {
        return new AssertionError(
                ("The pipeline must put out the same records however it is run, but puts out %d as"
                                + " %s and %d as %s. The first that differs is put out %s, and not"
                                + " %s:\n%s")
                        .formatted(
                                entries.size(),
                                run,
                                other.entries.size(),
                                other.run,
                                "as " + with.run,
                                "so often as " + without.run,
                                show(value)));
    }

    /** A value in full: arrays and the components of Java records, too. */
    private static String show(Object value) {
        if (value instanceof java.lang.Record && value.getClass().isRecord()) {
            StringJoiner fields =
                    new StringJoiner(", ", value.getClass().getSimpleName() + "[", "]");
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    fields.add(
                            component.getName()
                                    + "="
                                    + show(component.getAccessor().invoke(value)));
                } catch (ReflectiveOperationException | RuntimeException e) {
                    return value.toString(); // not open to reflection; its own text is what is left
                }
            }
            return fields.toString();
        }
        return StringUtils.arrayAwareToString(value);
    }
}
