package org.mydropout.job.explain;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mydropout.job.text.RecordSchema;

/**
 * A complete Python program for one record, ready to paste: the lines of a {@link FlaxRecipe} with
 * imports and the two dictionaries that it reads.
 */
final class PythonProgram {

    /** The names that a recipe may use, each with its import line. */
    private static final Map<String, String> IMPORTS = imports();

    /**
     * The most elements of a vector that is written as a literal even if it could be read from its
     * file.
     */
    private static final int LITERAL = 16;

    private PythonProgram() {}

    /**
     * The lines of the program, after which {@code y} is the vector after the layers.
     *
     * @param recipe the lines of a {@link FlaxRecipe} for JSON
     * @param size the size of the vector; ones stand for an unknown vector
     */
    static List<String> of(List<String> recipe, Subject subject, int size) {
        RecordSchema schema = subject.config().schema();
        List<String> body = new ArrayList<>();
        body.add(
                "before = "
                        + fileLine(subject)
                                .orElseGet(() -> before(schema, size, subject.before())));
        body.add(
                "after = {%s: %s, %s: %s}"
                        .formatted(
                                quoted(schema.idField()),
                                subject.id() instanceof String text
                                        ? quoted(text)
                                        : unsigned((Long) subject.id()),
                                quoted(schema.stepField()),
                                unsigned(subject.step())));
        body.addAll(recipe);
        List<String> program = new ArrayList<>();
        String text = String.join("\n", body);
        IMPORTS.forEach(
                (name, statement) -> {
                    if (text.contains(name + ".")) {
                        program.add(statement);
                    }
                });
        program.addAll(body);
        return List.copyOf(program);
    }

    /** The line that reads the record from its file, if the file is uncompressed JSON. */
    private static Optional<String> fileLine(Subject subject) {
        return subject.source()
                .filter(found -> found.record().vector().values().length > LITERAL)
                .map(RecordFinder.FoundRecord::line)
                .filter(line -> line.envelope() == null && line.origin().endsWith(".jsonl"))
                .map(
                        line ->
                                "json.loads(linecache.getline(%s, %d))"
                                        .formatted(
                                                quoted(relative(line.origin())), line.position()));
    }

    /** A path relative to the working directory, if it is below it. */
    private static String relative(String path) {
        String directory = System.getProperty("user.dir") + "/";
        return path.startsWith(directory) ? path.substring(directory.length()) : path;
    }

    private static String before(RecordSchema schema, int size, Optional<float[]> before) {
        StringBuilder vector = new StringBuilder();
        if (before.isPresent()) {
            List<String> values = new ArrayList<>();
            for (float value : before.get()) {
                values.add(
                        Float.isFinite(value)
                                ? Float.toString(value)
                                : "float(\"%s\")".formatted(value));
            }
            vector.append('[').append(String.join(", ", values)).append(']');
        } else {
            vector.append("[1.0] * ").append(size);
        }
        String deterministic =
                schema.deterministicField() == null
                        ? ""
                        : ", " + quoted(schema.deterministicField()) + ": False";
        String features =
                schema.encoding().isBase64()
                        ? "base64.b64encode(numpy.array(%s, \"%s\"))"
                                .formatted(vector, schema.encoding().numpyType())
                        : vector.toString();
        return "{%s: %s%s}".formatted(quoted(schema.featuresField()), features, deterministic);
    }

    private static String unsigned(long value) {
        return Long.toUnsignedString(value);
    }

    /** A text as a Python literal; a JSON string is one. */
    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static Map<String, String> imports() {
        Map<String, String> imports = new LinkedHashMap<>();
        for (String module : List.of("base64", "hashlib", "json", "linecache", "struct", "numpy")) {
            imports.put(module, "import " + module);
        }
        imports.put("jax", "import jax");
        imports.put("flax", "import flax.linen");
        imports.put("jnp", "import jax.numpy as jnp");
        return imports;
    }
}
