package org.mydropout.job.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.kernel.layer.PythonText;
import org.mydropout.kernel.layer.Shape;

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
     * @param shape the shape of the vector before the layers; ones stand for an unknown vector
     */
    static List<String> of(List<String> recipe, Subject subject, Shape shape) {
        RecordSchema schema = subject.config().schema();
        List<String> body = new ArrayList<>();
        body.add("before = " + fileLine(subject).orElseGet(() -> before(subject, shape)));
        body.add(
                "after = {%s: %s, %s: %s}"
                        .formatted(
                                PythonText.quoted(schema.idField()),
                                id(subject),
                                PythonText.quoted(schema.stepField()),
                                unsigned(subject.step())));
        body.addAll(recipe);
        List<String> program = new ArrayList<>();
        String text = String.join("\n", body).replace(FlaxRecipe.IMPORT_LINEN, "");
        IMPORTS.forEach(
                (name, statement) -> {
                    if (text.contains(name + ".")) {
                        program.add(statement);
                    }
                });
        program.addAll(body);
        return List.copyOf(program);
    }

    private static String id(Subject subject) {
        return subject.id() instanceof String text
                ? PythonText.quoted(text)
                : unsigned((Long) subject.id());
    }

    /** The line that reads the record from its file, if the file is uncompressed JSON. */
    private static Optional<String> fileLine(Subject subject) {
        return subject.source()
                .filter(found -> found.record().size() > LITERAL)
                .map(RecordFinder.FoundRecord::line)
                .filter(line -> line.envelope() == null && line.origin().endsWith(".jsonl"))
                .map(
                        line ->
                                "json.loads(linecache.getline(%s, %d))"
                                        .formatted(
                                                PythonText.quoted(relative(line.origin())),
                                                line.position()));
    }

    /** A path relative to the working directory, if it is below it. */
    private static String relative(String path) {
        String directory = System.getProperty("user.dir") + "/";
        return path.startsWith(directory) ? path.substring(directory.length()) : path;
    }

    /** The record as a literal, with the fields that the recipe reads from it. */
    private static String before(Subject subject, Shape shape) {
        RecordSchema schema = subject.config().schema();
        List<String> members = new ArrayList<>();
        if (subject.config().selection().isPresent() && schema.idFrom() == IdSource.FIELD) {
            members.add("%s: %s".formatted(PythonText.quoted(schema.idField()), id(subject)));
        }
        String vector =
                subject.source()
                        .map(found -> VectorLiteral.of(found.record(), schema.type()))
                        .orElseGet(() -> VectorLiteral.ones(ones(subject, shape)));
        members.add(
                "%s: %s"
                        .formatted(
                                PythonText.quoted(schema.featuresField()),
                                schema.encoding().isBase64()
                                        ? RecordPython.base64(schema, vector)
                                        : vector));
        if (schema.deterministicField() != null) {
            members.add(PythonText.quoted(schema.deterministicField()) + ": False");
        }
        return "{" + String.join(", ", members) + "}";
    }

    /** The recipe itself reshapes a vector whose shape the job declares. */
    private static Shape ones(Subject subject, Shape shape) {
        return subject.config().schema().shape() == null ? shape : Shape.vector(shape.size());
    }

    private static String unsigned(long value) {
        return Long.toUnsignedString(value);
    }

    private static Map<String, String> imports() {
        Map<String, String> imports = new LinkedHashMap<>();
        for (String module : List.of("base64", "hashlib", "json", "linecache", "struct", "numpy")) {
            imports.put(module, "import " + module);
        }
        imports.put("jax", "import jax");
        imports.put("flax.config", "import flax");
        imports.put("flax.linen", "import flax.linen");
        imports.put("jnp", "import jax.numpy as jnp");
        return imports;
    }
}
