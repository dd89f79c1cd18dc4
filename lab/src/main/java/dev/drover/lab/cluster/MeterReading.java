package dev.drover.lab.cluster;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.drover.lab.room.QueueLatency;

/**
 * What an instance's meters said at one moment.
 *
 * @param requests     answered since it started
 * @param errors       of these, those with a 5xx
 * @param refusals     of these, those with 429
 * @param sockets      open ones; nothing where it has none
 * @param queueLatency how long the longest waiting job could have run, in seconds; nothing where it knows no queue
 */
record MeterReading(double requests, double errors, double refusals, OptionalInt sockets, OptionalDouble queueLatency) {
    private static final String REQUESTS = "http_server_requests_seconds_count{";
    private static final String SOCKETS = "drover_realtime_sockets";
    private static final Pattern STATUS = Pattern.compile("[{,]status=\"(\\d{3})\"");

    /** @param text in Prometheus's form */
    static MeterReading of(String text) {
        double requests = 0;
        double errors = 0;
        double refusals = 0;
        OptionalInt sockets = OptionalInt.empty();
        for (String line : text.split("\n")) {
            if (line.startsWith(REQUESTS)) {
                double count = value(line);
                int status = status(line);
                requests += count;
                errors += status >= 500 ? count : 0;
                refusals += status == 429 ? count : 0;
            } else if (line.startsWith(SOCKETS)) {
                sockets = OptionalInt.of((int) value(line));
            }
        }
        return new MeterReading(requests, errors, refusals, sockets, QueueLatency.largest(text));
    }

    private static int status(String line) {
        Matcher found = STATUS.matcher(line);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static double value(String line) {
        try {
            return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
