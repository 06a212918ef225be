package org.mydropout.job.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichCoGroupFunction;
import org.apache.flink.util.Collector;
import org.mydropout.flink.FeatureVector;
import org.mydropout.job.record.LineRecord;

/**
 * Compares the records that one id and step should have with those that it has. Records that are
 * equal are matched first, so that of several with the same id and step the right ones are named.
 */
final class CompareFunction extends RichCoGroupFunction<LineRecord, LineRecord, Void> {
    private static final long serialVersionUID = 1L;

    private transient Findings findings;

    @Override
    public void open(OpenContext context) {
        findings = new Findings(getRuntimeContext());
    }

    @Override
    public void coGroup(
            Iterable<LineRecord> expected, Iterable<LineRecord> found, Collector<Void> out) {
        Map<Content, Integer> open = new HashMap<>();
        for (LineRecord record : expected) {
            open.merge(Content.of(record), 1, Integer::sum);
        }
        List<Content> surplus = new ArrayList<>();
        for (LineRecord record : found) {
            Content content = Content.of(record);
            if (open.getOrDefault(content, 0) > 0) {
                open.merge(content, -1, Integer::sum);
                findings.addEqual();
            } else {
                surplus.add(content);
            }
        }
        Deque<Content> absent = new ArrayDeque<>();
        open.forEach(
                (content, number) -> {
                    for (int i = 0; i < number; i++) {
                        absent.add(content);
                    }
                });
        for (Content content : surplus) {
            if (open.containsKey(content)) {
                add(VerifyCount.REPEATED, content, "is there more often than expected");
            } else if (!absent.isEmpty()) {
                add(VerifyCount.DIFFERENT, content, content.against(absent.remove()));
            } else {
                add(VerifyCount.UNEXPECTED, content, "is not expected");
            }
        }
        for (Content content : absent) {
            add(VerifyCount.MISSING, content, "is missing");
        }
    }

    private void add(VerifyCount kind, Content content, String sentence) {
        findings.add(new Difference(kind, content.id(), content.step(), sentence));
    }

    /**
     * Everything that is compared of a record.
     *
     * @param id as text
     * @param vector compared by its bits
     * @param rest the record's line without the vector, its step filled in
     */
    private record Content(String id, FeatureVector vector, ByteBuffer rest) {

        static Content of(LineRecord record) {
            ByteArrayOutputStream rest = new ByteArrayOutputStream();
            try {
                record.writeRest(rest);
            } catch (IOException e) {
                throw new UncheckedIOException("Writing to memory failed.", e);
            }
            return new Content(
                    record.idText(), record.vector(), ByteBuffer.wrap(rest.toByteArray()));
        }

        String step() {
            return Long.toUnsignedString(vector.step());
        }

        /** What differs first, this being what was found. */
        String against(Content expected) {
            float[] is = vector.values();
            float[] should = expected.vector.values();
            for (int i = 0; i < Math.min(is.length, should.length); i++) {
                if (Float.floatToIntBits(is[i]) != Float.floatToIntBits(should[i])) {
                    return "must have %s at index %d, but has %s"
                            .formatted(shown(should[i]), i, shown(is[i]));
                }
            }
            if (is.length != should.length) {
                return "must have %d elements, but has %d".formatted(should.length, is.length);
            }
            return "must have the other fields %s, but has %s"
                    .formatted(text(expected.rest), text(rest));
        }

        private static String shown(float value) {
            return "%s (%08x)".formatted(value, Float.floatToIntBits(value));
        }

        private static String text(ByteBuffer bytes) {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }
    }
}
