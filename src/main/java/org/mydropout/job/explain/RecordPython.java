package org.mydropout.job.explain;

import java.util.List;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.mydropout.flink.DropoutConfig;
import org.mydropout.job.augment.RecordSelection.By;
import org.mydropout.job.text.ColumnRange;
import org.mydropout.job.text.CsvHeader;
import org.mydropout.job.text.ElementType;
import org.mydropout.job.text.IdSource;
import org.mydropout.job.text.RecordSchema;
import org.mydropout.kernel.flax.IdType;
import org.mydropout.kernel.flax.StepType;
import org.mydropout.kernel.layer.PythonText;

/** The Python expressions that read a record, and that derive its key. */
final class RecordPython {

    /** A name with points is that of a field, or a path to one. */
    private static final String FIELD =
            "def field(record, name): return record[name] if name in record else"
                    + " next(field(record[name[:i]], name[i + 1:]) for i in range(len(name))"
                    + " if name[i] == \".\" and isinstance(record.get(name[:i]), dict))";

    private static final String FIELD_CALL = "field(";

    private final DropoutConfig dropout;
    private final RecordSchema schema;
    @Nullable private final CsvHeader header;

    /**
     * @param header of CSV; null: records are JSON
     */
    RecordPython(DropoutConfig dropout, RecordSchema schema, @Nullable CsvHeader header) {
        this.dropout = dropout;
        this.schema = schema;
        this.header = header;
    }

    /** The same lines, with the function before them that they call, if they do. */
    static List<String> withFunctions(List<String> lines) {
        return lines.stream().anyMatch(line -> line.contains(FIELD_CALL))
                ? Stream.concat(Stream.of(FIELD), lines.stream()).toList()
                : lines;
    }

    /** The lines after which {@code key} is the record's key, for a written record. */
    List<String> key() {
        return key(idWords("after"), stepWords());
    }

    /**
     * The lines after which {@code key} is the key that decides where a record goes. A record that
     * is not written has no {@code after}, so its id is that of {@code before} if it has one.
     */
    List<String> key(By by) {
        boolean isBefore = schema.idFrom() == IdSource.FIELD;
        String zero = dropout.stepType() == StepType.UINT64 ? "0, 0" : "0";
        return key(idWords(isBefore ? "before" : "after"), by == By.ID ? zero : stepWords());
    }

    private List<String> key(String idWords, String stepWords) {
        return List.of(
                "key = jax.random.key(%d)".formatted(dropout.seed()),
                "for word in [%s, %s]: key = jax.random.fold_in(key, word)"
                        .formatted(idWords, stepWords));
    }

    /** The array of the vector of {@code before}, with its type. */
    String array() {
        return "jnp.array(%s, jnp.%s)".formatted(vector(), schema.type());
    }

    /**
     * The text of a vector that is a Python list.
     *
     * @param schema has an encoding of base64
     */
    static String base64(RecordSchema schema, String list) {
        ElementType type = schema.type();
        String numpyType = schema.encoding().numpyType(type);
        return type == ElementType.BFLOAT16
                ? "base64.b64encode(numpy.array(%s, jnp.bfloat16).view(\"u2\").astype(\"%s\"))"
                        .formatted(list, numpyType)
                : "base64.b64encode(numpy.array(%s, \"%s\"))".formatted(list, numpyType);
    }

    private String vector() {
        String field = field("before", schema.featuresField());
        if (schema.encoding().isBase64()) {
            ElementType type = schema.type();
            return "numpy.frombuffer(base64.b64decode(%s), \"%s\").astype(\"%s\")%s"
                    .formatted(
                            field,
                            schema.encoding().numpyType(type),
                            type.numpyCode(),
                            type == ElementType.BFLOAT16 ? ".view(jnp.bfloat16)" : "");
        }
        if (header == null) {
            return field;
        }
        ColumnRange columns = ColumnRange.of(schema.featuresField(), header.columns());
        return columns.isNamed()
                ? "json.loads(%1$s) if %1$s[:1] == \"[\" else [float(v) for v in %1$s.split(%2$s) if v]"
                        .formatted(field, PythonText.quoted(header.dialect().arrayDelimiter() + ""))
                : "[float(v) for v in list(before.values())[%d:%d]]"
                        .formatted(columns.first(), columns.last() + 1);
    }

    /** Whether {@code before} passes unchanged; only for a schema that has a field for that. */
    String deterministic() {
        String field = field("before", schema.deterministicField());
        return header == null ? field : field + " == \"true\"";
    }

    private String idWords(String record) {
        String id = field(record, schema.idField());
        return dropout.idType() == IdType.STRING
                ? "*struct.unpack(\">2I\", hashlib.sha256(%s.encode()).digest()[:8])".formatted(id)
                : words(id, dropout.idType() == IdType.UINT64);
    }

    private String stepWords() {
        return words(field("after", schema.stepField()), dropout.stepType() == StepType.UINT64);
    }

    private String words(String field, boolean two) {
        String value = header == null ? field : "int(%s)".formatted(field);
        return two ? "%s >> 32 & 0xffffffff, %s & 0xffffffff".formatted(value, value) : value;
    }

    /** The field of a record, which may lie in an object of it. */
    private String field(String record, String name) {
        return header == null && name.indexOf('.') >= 0
                ? FIELD_CALL + "%s, %s)".formatted(record, PythonText.quoted(name))
                : "%s[%s]".formatted(record, PythonText.quoted(name));
    }
}
