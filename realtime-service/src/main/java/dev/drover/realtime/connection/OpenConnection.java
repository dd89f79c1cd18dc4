package dev.drover.realtime.connection;

import java.time.Instant;

/**
 * A socket and whose it is.
 *
 * @param id    {@code <instance>~<random>~<n>}: names the instance that holds it
 * @param since when it was opened
 */
public record OpenConnection(String id, String sub, String sid, Instant since) {

    /** The instance that holds the connection of this id. */
    public static String holder(String id) {
        int end = id.lastIndexOf('~');
        return end < 0 ? id : id.substring(0, end);
    }
}
