package org.mydropout.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Captures everything that this process logs while it is open, down to DEBUG. */
final class CapturedLog extends AbstractAppender implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerContext context = LoggerContext.getContext(false);
    private final LoggerConfig root = context.getConfiguration().getRootLogger();
    private final Level level = root.getLevel();

    private CapturedLog() {
        super("captured", null, null, false, Property.EMPTY_ARRAY);
    }

    /** Begins the capture. Meanwhile, the log goes nowhere else. */
    static CapturedLog open() {
        CapturedLog log = new CapturedLog();
        log.start();
        log.root.removeAppender("Console");
        log.root.addAppender(log, Level.DEBUG, null);
        log.root.setLevel(Level.DEBUG);
        log.context.updateLoggers();
        return log;
    }

    @Override
    public void append(LogEvent event) {
        StringWriter text = new StringWriter();
        text.append(event.getLoggerName()).append(": ");
        text.append(event.getMessage().getFormattedMessage());
        if (event.getThrown() != null) {
            event.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        lines.add(text.toString());
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Ends the capture and logs as before. */
    @Override
    public void close() {
        root.setLevel(level);
        root.removeAppender(getName());
        context.reconfigure();
        stop();
    }
}
