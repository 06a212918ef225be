package org.mydropout.job.options;

import java.util.EnumSet;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.TextElement.TextStyle;

/** Formats a description as plain text, with each item of a list on its own line after a hyphen. */
final class PlainDescription extends Formatter {

    @Override
    protected void formatLink(StringBuilder state, String link, String description) {
        state.append(description);
    }

    @Override
    protected void formatLineBreak(StringBuilder state) {
        state.append('\n');
    }

    @Override
    protected void formatText(
            StringBuilder state, String format, String[] elements, EnumSet<TextStyle> styles) {
        state.append(format.formatted((Object[]) elements));
    }

    @Override
    protected void formatList(StringBuilder state, String[] entries) {
        for (String entry : entries) {
            state.append("\n- ").append(entry);
        }
    }

    @Override
    protected Formatter newInstance() {
        return new PlainDescription();
    }
}
