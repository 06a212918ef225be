package org.mydropout.job.text;

import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The fields of an object that are read, each for a role that it plays. A name with points stands
 * for a field of that name, and for a path into nested objects: {@code meta.id} is also the field
 * {@code id} of the object {@code meta}.
 */
final class FieldTree {

    /** What a job reads a field as. */
    enum Role {
        ID,
        STEP,
        FEATURES,
        DETERMINISTIC,
        PROVENANCE
    }

    private final Map<String, FieldTree> fields = new HashMap<>();
    @Nullable private Role role;

    /** Adds a field by its name and by its path; where another one is, that stays. */
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

    /** The field of a name; null where none of that name is read. */
    @Nullable
    FieldTree field(String name) {
        return fields.get(name);
    }

    /** What the field is read as; null where only fields inside of it are. */
    @Nullable
    Role role() {
        return role;
    }
}
