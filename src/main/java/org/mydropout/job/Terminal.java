package org.mydropout.job;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import javax.annotation.Nullable;

/** The terminal of the user, if there is one. */
final class Terminal {

    private Terminal() {}

    /**
     * The terminal, if standard input and output are a terminal; otherwise null. From JDK 22 on
     * there is a console even without a terminal; the method that tells them apart does not exist
     * in JDK 17.
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
