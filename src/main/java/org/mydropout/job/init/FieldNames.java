package org.mydropout.job.init;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.mydropout.job.text.PrintableText;

/** The names that fields usually have. */
final class FieldNames {

    /** The names of ids, the most usual first. */
    static final List<String> IDS = List.of("id", "uuid", "guid", "key", "index", "name");

    static final List<String> STEPS = List.of("step", "epoch", "iteration", "round");

    static final List<String> VECTORS =
            List.of(
                    "features",
                    "vector",
                    "embedding",
                    "embeddings",
                    "pixels",
                    "pixel",
                    "values",
                    "data",
                    "x");

    /** The names of numbers that are learned, not learned from. */
    static final List<String> LABELS =
            List.of("label", "labels", "target", "class", "category", "y", "split", "fold");

    /** The most names that a sentence lists. */
    private static final int LISTED = 20;

    private FieldNames() {}

    /**
     * How usual a name is, 0 being the most usual. A name of several words, such as {@code
     * sensor_id}, comes after all names of the list; every other name after these.
     */
    static int rank(String name, List<String> usual) {
        String lower = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        int exact = usual.indexOf(lower);
        if (exact >= 0) {
            return exact;
        }
        boolean isCompound =
                usual.stream()
                        .anyMatch(end -> lower.endsWith("_" + end) || lower.endsWith("-" + end));
        return isCompound ? usual.size() : usual.size() + 1;
    }

    static boolean isUsual(String name, List<String> usual) {
        return rank(name, usual) <= usual.size();
    }

    /** The first of some names that no field has, for a field that the job adds. */
    static String free(Collection<String> fields, String name) {
        String free = name;
        for (int i = 2; fields.contains(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** Names for a sentence, in quotes. */
    static String list(Collection<String> names) {
        List<String> shown = names.stream().limit(LISTED).map(FieldNames::quoted).toList();
        String rest = names.size() > LISTED ? ", … (" + names.size() + ")" : "";
        return names.isEmpty() ? "none" : String.join(", ", shown) + rest;
    }

    static String quoted(String name) {
        return "'" + PrintableText.clipped(PrintableText.printable(name)) + "'";
    }
}
