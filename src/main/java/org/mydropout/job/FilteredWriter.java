package org.mydropout.job;

import java.io.IOException;
import java.io.Writer;

/**
 * A writer that hides secrets. It filters all text between two flushes at once, because a secret
 * may be split between two writes. The filters of java.io and commons-io see each write alone.
 */
final class FilteredWriter extends Writer {

    private final Writer out;
    private final Secrets secrets;
    private final StringBuilder text = new StringBuilder();

    FilteredWriter(Writer out, Secrets secrets) {
        this.out = out;
        this.secrets = secrets;
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        text.append(characters, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.write(secrets.hidden(text.toString()));
        text.setLength(0);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}
