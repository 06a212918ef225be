package org.mydropout.job.explain;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Text with or without colour for a terminal. */
final class TextStyle {

    private final boolean isOn;

    /**
     * @param ansi whether to use colour: {@link Ansi#AUTO} depends on the terminal and the
     *     environment variable NO_COLOR
     */
    TextStyle(Ansi ansi) {
        this.isOn = ansi.enabled();
    }

    String heading(String text) {
        return styled(text, Style.bold);
    }

    String dropped(String text) {
        return styled(text, Style.fg_red);
    }

    String changed(String text) {
        return styled(text, Style.fg_cyan);
    }

    String quiet(String text) {
        return styled(text, Style.faint);
    }

    private String styled(String text, IStyle style) {
        return isOn ? Style.on(style) + text + Style.off(style) : text;
    }
}
