package org.mydropout.flink;

import static org.apache.flink.configuration.description.TextElement.code;
import static org.apache.flink.configuration.description.TextElement.text;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.description.Description;
import org.apache.flink.configuration.description.TextElement;

/** Builds the description of an option with a few possible values. */
@Internal
public final class OptionDescription {

    private OptionDescription() {}

    /**
     * Returns the description: a text, then a list of the values.
     *
     * @param text what the option decides; without %s
     */
    public static Description ofValues(String text, TextElement... values) {
        return Description.builder().text(text).list(values).build();
    }

    /**
     * Returns one item of the list.
     *
     * @param meaning what the value does; without %s
     */
    public static TextElement value(Enum<?> value, String meaning) {
        return text("%s: " + meaning, code(value.toString()));
    }
}
