package dev.drover.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;

/** Everything a logger and those below it say, from debug on. */
final class LogCapture extends Handler implements AutoCloseable {

    private final List<ExtLogRecord> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;

    private LogCapture(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
    }

    static LogCapture of(String name) {
        LogCapture capture = new LogCapture(Logger.getLogger(name));
        capture.logger.addHandler(capture);
        capture.logger.setLevel(Level.ALL);
        return capture;
    }

    List<ExtLogRecord> lines(String field, String value) {
        return lines.stream().filter(line -> value.equals(line.getMdc(field))).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        ExtLogRecord line = ExtLogRecord.wrap(entry);
        line.copyMdc();
        lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
