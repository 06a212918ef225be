package org.mydropout.job.text;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;

/**
 * The numbers of a vector of another type than float32. Each is read as a float64 and becomes what
 * {@code jnp.array(json.loads(text), type)} makes of it.
 */
final class TypedBuffer extends VectorBuffer {

    private final NearestDouble decimal = new NearestDouble();
    private final ElementType type;
    private double[] buffer = new double[256];
    private int size;

    TypedBuffer(FieldReader field, ElementType type) {
        super(field, type);
        this.type = type;
    }

    @Override
    void clear() {
        size = 0;
        if (buffer.length > KEPT) {
            buffer = new double[KEPT];
        }
    }

    @Override
    int scan(byte[] text, int start, int end) {
        int at = decimal.read(text, start, end);
        return at != LEFT && appendFinite(type.ofPythonFloat(decimal.value())) ? at : LEFT;
    }

    @Override
    boolean scanAll(byte[] text, ByteRange range) {
        return range.length() > 0
                && decimal.read(text, range.start(), range.end()) == range.end()
                && appendFinite(type.ofPythonFloat(decimal.value()));
    }

    @Override
    double nearest(JsonParser parser) throws IOException {
        return type.ofPythonFloat(parser.getDoubleValue());
    }

    /** A number that is too large is left, to be refused. */
    private boolean appendFinite(double value) {
        boolean isFinite = Double.isFinite(value);
        if (isFinite) {
            append(value);
        }
        return isFinite;
    }

    @Override
    void append(double value) {
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
