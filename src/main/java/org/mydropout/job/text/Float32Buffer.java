package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;

/** The numbers of a vector as float32. */
final class Float32Buffer extends VectorBuffer {

    private final NearestFloat decimal = new NearestFloat();
    private float[] buffer = new float[256];
    private int size;

    Float32Buffer(FieldReader field) {
        super(field, ElementType.FLOAT32);
    }

    @Override
    void clear() {
        size = 0;
        if (buffer.length > KEPT) {
            buffer = new float[KEPT];
        }
    }

    @Override
    int scan(byte[] text, int start, int end) {
        int at = decimal.read(text, start, end);
        if (at != LEFT) {
            append(decimal.value());
        }
        return at;
    }

    @Override
    boolean scanAll(byte[] text, ByteRange range) {
        boolean all =
                range.length() > 0 && decimal.read(text, range.start(), range.end()) == range.end();
        if (all) {
            append(decimal.value());
        }
        return all;
    }

    @Override
    double nearest(JsonParser parser) throws IOException {
        return parser.getFloatValue();
    }

    @Override
    void append(double value) {
        append((float) value);
    }

    private void append(float value) {
        if (size == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(size, 2));
        }
        buffer[size++] = value;
    }

    @Override
    int size() {
        return size;
    }

    @Override
    Elements elements() {
        return Elements.of(Arrays.copyOf(buffer, size));
    }
}
