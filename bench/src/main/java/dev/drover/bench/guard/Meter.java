package dev.drover.bench.guard;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import redis.clients.jedis.Jedis;

/** Reads the counters of Redis and of one JVM. Each look counts a little itself; {@link #overhead} says how much. */
final class Meter implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    /** What the meter asks, and what instances ask on their own account. */
    private static final Set<String> NOT_OF_REQUESTS =
            Set.of("info", "ping", "hello", "client|setinfo", "subscribe", "ssubscribe");

    private final Jedis redis;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final ObjectName threading;

    private Meter(Jedis redis, JMXConnector connector, MBeanServerConnection beans, ObjectName threading) {
        this.redis = redis;
        this.connector = connector;
        this.beans = beans;
        this.threading = threading;
    }

    static Meter of(URI redis, long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address = machine.startLocalManagementAgent();
            machine.detach();
            JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
            return new Meter(
                    new Jedis(redis, TIMEOUT_MILLIS),
                    connector,
                    connector.getMBeanServerConnection(),
                    new ObjectName("java.lang:type=Threading"));
        } catch (AttachNotSupportedException | JMException e) {
            throw new IOException("process " + pid + " cannot be looked into", e);
        }
    }

    Cost now() throws IOException {
        double commands = redis.info("commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .filter(line -> !NOT_OF_REQUESTS.contains(line.substring(8, line.indexOf(':'))))
                .mapToDouble(line -> number(line, "calls="))
                .sum();
        double reads = redis.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_reads_processed:"))
                .mapToDouble(line -> number(line, ":"))
                .sum();
        return new Cost(reads, commands, allocated());
    }

    Cost overhead() throws IOException {
        Cost before = now();
        return now().minus(before);
    }

    private double allocated() throws IOException {
        try {
            return ((Number) beans.getAttribute(threading, "TotalThreadAllocatedBytes")).doubleValue();
        } catch (JMException e) {
            throw new IOException("this JVM does not count what it allocates", e);
        }
    }

    private static double number(String line, String after) {
        String rest = line.substring(line.indexOf(after) + after.length());
        return Double.parseDouble(rest.split(",", 2)[0].strip());
    }

    @Override
    public void close() throws IOException {
        connector.close();
        redis.close();
    }
}
