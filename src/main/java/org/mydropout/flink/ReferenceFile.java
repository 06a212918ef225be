package org.mydropout.flink;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;
import org.mydropout.kernel.layer.ReferenceSet;

/**
 * A file of vectors that never changes: a JSON object on each line, with an {@code id}, a text or a
 * whole number, and {@code features}, an array of numbers or nested arrays of them. It lies on any
 * file system that Flink has. A JVM reads it once.
 *
 * @param location its path or URI, absolute
 * @param sha256 of its bytes, in hexadecimal
 */
@Internal
public record ReferenceFile(String location, String sha256) implements Serializable {

    /** In bytes. The numbers of a larger file would crowd a TaskManager's heap. */
    static final int MAX_SIZE = 256 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    private static final Map<ReferenceFile, WeakReference<ReferenceSet>> SETS = new HashMap<>();

    /**
     * Looks at a file.
     *
     * @param path one without a scheme is taken from the working directory
     * @throws IOException if it cannot be read, or has more than {@link #MAX_SIZE} bytes
     */
    static ReferenceFile at(String path) throws IOException {
        Path given = new Path(path);
        boolean absolute = given.isAbsolute() || given.toUri().getScheme() != null;
        String location = absolute ? path : new File(path).getAbsolutePath();
        return new ReferenceFile(location, digest(bytes(location)));
    }

    /**
     * The vectors of the file.
     *
     * @throws IllegalArgumentException if they cannot be read, or the file has changed
     */
    ReferenceSet set() {
        synchronized (SETS) {
            WeakReference<ReferenceSet> known = SETS.get(this);
            ReferenceSet set = known == null ? null : known.get();
            if (set == null) {
                set = read();
                SETS.put(this, new WeakReference<>(set));
            }
            return set;
        }
    }

    private ReferenceSet read() {
        try {
            byte[] bytes = bytes(location);
            String found = digest(bytes);
            if (!found.equals(sha256)) {
                throw new IllegalArgumentException(
                        "reference must be the file with the SHA-256 %s, but %s has %s."
                                .formatted(sha256, location, found));
            }
            return parse(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "reference must be a file that can be read, but %s cannot: %s"
                            .formatted(location, e.getMessage()),
                    e);
        }
    }

    private ReferenceSet parse(byte[] bytes) throws IOException {
        List<String> ids = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(bytes)) {
            int last = 0;
            while (parser.nextToken() != null) {
                int first = parser.currentTokenLocation().getLineNr();
                parseRecord(parser, ids, vectors);
                if (first == last || parser.currentLocation().getLineNr() != first) {
                    throw new IOException(
                            "Record %d must stand on a line of its own, but does not."
                                    .formatted(ids.size()));
                }
                last = first;
            }
        } catch (JacksonException e) {
            throw new IOException("It is no JSON: " + e.getOriginalMessage(), e);
        }
        return new ReferenceSet(ids, vectors);
    }

    private void parseRecord(JsonParser parser, List<String> ids, List<float[]> vectors)
            throws IOException {
        String id = null;
        float[] vector = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("id")
                    && (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT)) {
                id = parser.getText();
            } else if (name.equals("features") && value == JsonToken.START_ARRAY) {
                vector = vector(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (id == null || vector == null) {
            throw new IOException(
                    "Record %d must have an id and features, but has not."
                            .formatted(ids.size() + 1));
        }
        ids.add(id);
        vectors.add(vector);
    }

    private static float[] vector(JsonParser parser) throws IOException {
        List<Float> values = new ArrayList<>();
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token != null && token.isNumeric()) {
                values.add(element(parser.getText()));
            } else {
                throw new IOException("Features must be numbers, but one is " + token + ".");
            }
        }
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = values.get(i);
        }
        return vector;
    }

    private static float element(String number) throws IOException {
        float value = Float.parseFloat(number);
        if (Float.isInfinite(value)) {
            throw new IOException(
                    "Features must fit float32, at most 3.4028235E38 in size, but one is "
                            + number
                            + ".");
        }
        return value;
    }

    private static byte[] bytes(String location) throws IOException {
        Path path = new Path(location);
        try (InputStream in = path.getFileSystem().open(path)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw new IOException("It has more than %d bytes.".formatted(MAX_SIZE));
            }
            return bytes;
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
