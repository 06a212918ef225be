package org.mydropout.job;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

import javax.annotation.Nullable;

/** The terminal that somebody sits at. */
final class Terminal {

    private Terminal() {}

    /**
     * The terminal, if standard input and output are one; null if not. From JDK 22 on there may be
     * a console without one, which a method says that JDK 17 lacks.
     */
    @Nullable
    @SuppressWarnings("SystemConsoleNull")
    static Console find() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
        } catch (NoSuchMethodException e) {
            return console;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Console.isTerminal cannot be called.", e);
        }
    }
}
