package dev.drover.testing;

import java.net.URI;
import java.util.List;
import java.util.Set;

import io.vertx.redis.client.impl.ZModem;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisMonitor;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Looks on, by {@code MONITOR}, at what one Redis server does for the tests, and records which scripts ran and what would not work on a
 * Redis Cluster: keys of one command or script in different hash slots (CRC16 of the hash tag, see the Redis Cluster specification, "Key
 * distribution model" and "Hash tags"), and keys a script touches without having declared them.
 */
final class ScriptWatch extends JedisMonitor implements AutoCloseable {

    private record Run(String sha1, Set<String> keys) {}

    private final Jedis connection;
    private final ScriptRecord record;
    private Run current;

    private ScriptWatch(Jedis connection, ScriptRecord record) {
        this.connection = connection;
        this.record = record;
    }

    static ScriptWatch of(URI server, ScriptRecord record) {
        ScriptWatch watch = new ScriptWatch(new Jedis(server), record);
        watch.connection.connect();
        Thread.ofPlatform().daemon().name("script-watch-" + server.getPort()).start(watch::watch);
        return watch;
    }

    private void watch() {
        try {
            connection.monitor(this);
        } catch (JedisException e) {
            // The server has ended, or the watch was closed.
        }
    }

    @Override
    public void onCommand(String line) {
        MonitoredCommand.parse(line).ifPresent(this::judge);
    }

    private void judge(MonitoredCommand command) {
        if (command.byScript()) {
            judgeInside(command);
            return;
        }
        current = null;
        List<String> keys = command.keys();
        String what = command.name();
        if (what.equals("EVAL") || what.equals("EVALSHA")) {
            String sha1 = what.equals("EVAL")
                    ? ScriptRecord.sha1(command.args().getFirst())
                    : command.args().getFirst();
            current = new Run(sha1, Set.copyOf(keys));
            what = "script " + sha1;
        }
        if (keys.stream().mapToInt(ZModem::generate).distinct().count() > 1) {
            record.fault(what + " has keys in different slots", keys.toString());
        }
    }

    private void judgeInside(MonitoredCommand command) {
        if (current == null) {
            return;
        }
        // A script that Redis does not know never gets here: it ends in NOSCRIPT, and runs by its source.
        record.ran(current.sha1());
        command.keys().stream()
                .filter(key -> !current.keys().contains(key))
                .forEach(key -> record.fault(
                        "script " + current.sha1() + " touches by " + command.name() + " a key that is not in KEYS",
                        key));
    }

    @Override
    public void close() {
        connection.close();
    }
}
