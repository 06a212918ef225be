package org.mydropout.flink;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.mydropout.kernel.layer.Sample;
import org.mydropout.kernel.layer.Split;

/** Rules for the names of the modules of a path. */
final class ModuleNames {

    /** The RULE for names, since a key must not be sampled twice. */
    static final String NOT_OF_SELECTION =
            "another name than %s and %s, whose keys a sample and a split of records draw from"
                    .formatted(Sample.MODULE, Split.MODULE);

    private ModuleNames() {}

    /**
     * Whether a module path is hashed as that of a sample or a split; without a separator, the
     * names of a path are hashed as one text.
     */
    static boolean areOfSelection(List<String> names, boolean separator) {
        List<String> hashed =
                separator
                        ? names
                        : List.of(
                                names.stream()
                                        .filter(Objects::nonNull)
                                        .collect(Collectors.joining()));
        return hashed.equals(List.of(Sample.MODULE)) || hashed.equals(List.of(Split.MODULE));
    }

    /** Whether a name has a UTF-8 form, which one with half a surrogate pair lacks. */
    static boolean haveUtf8(String name) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(name);
    }
}
