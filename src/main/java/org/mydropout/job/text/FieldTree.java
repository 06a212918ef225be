package org.mydropout.job.text;

import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The fields of an object that are read, each with its role. A name with points is both the name of
 * a field and a path into nested objects: {@code meta.id} is also the field {@code id} of the
 * object {@code meta}.
 */
final class FieldTree {

    /** The role of a field in a job. */
    enum Role {
        ID,
        STEP,
        FEATURES,
        DETERMINISTIC,
        ADDED
    }

    private final Map<String, FieldTree> fields = new HashMap<>();
    @Nullable private Role role;

    /** Adds a field by name and by path, unless another field has that place. */
    void add(String name, Role as) {
        FieldTree field = fields.computeIfAbsent(name, key -> new FieldTree());
        if (field.role == null) {
            field.role = as;
        }
        for (int point = name.indexOf('.'); point >= 0; point = name.indexOf('.', point + 1)) {
            if (point > 0 && point < name.length() - 1) {
                fields.computeIfAbsent(name.substring(0, point), key -> new FieldTree())
                        .add(name.substring(point + 1), as);
            }
        }
    }

    /** The field with a name; null if no such field is read. */
    @Nullable
    FieldTree field(String name) {
        return fields.get(name);
    }

    /** The role of the field; null if only fields inside it are read. */
    @Nullable
    Role role() {
        return role;
    }
}
