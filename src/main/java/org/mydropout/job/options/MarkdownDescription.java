package org.mydropout.job.options;

import java.util.EnumSet;
import org.apache.flink.configuration.description.Formatter;
import org.apache.flink.configuration.description.TextElement.TextStyle;

/** Formats a description as a cell of a Markdown table. */
final class MarkdownDescription extends Formatter {

    private static final String BREAK = "<br/>";

    @Override
    protected void formatLink(StringBuilder state, String link, String description) {
        state.append('[').append(description).append("](").append(link).append(')');
    }

    @Override
    protected void formatLineBreak(StringBuilder state) {
        state.append(BREAK);
    }

    @Override
    protected void formatText(
            StringBuilder state, String format, String[] elements, EnumSet<TextStyle> styles) {
        String text = format.formatted((Object[]) elements);
        state.append(
                styles.contains(TextStyle.CODE)
                        ? "`" + text + "`"
                        : text.replace("|", "\\|")
                                .replace("<", "&lt;")
                                .replace("&lt;br/>", BREAK)
                                .replace("*", "\\*")
                                .replace("_", "\\_"));
    }

    @Override
    protected void formatList(StringBuilder state, String[] entries) {
        for (String entry : entries) {
            state.append(BREAK).append("- ").append(entry);
        }
    }

    @Override
    protected Formatter newInstance() {
        return new MarkdownDescription();
    }
}
