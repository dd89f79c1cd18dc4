package dev.drover.testing;

import java.net.URI;
import java.util.List;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import dev.drover.stores.RedisTalk;

/** Asks every primary by itself what only each of them can tell: in a cluster a command without a key goes to any node. */
public record RedisNodes(List<URI> primaries) {

    /** Those of the Redis the service under test is configured for. */
    public static RedisNodes ofTheService() {
        Config config = ConfigProvider.getConfig();
        URI known = URI.create(config.getValue("quarkus.redis.hosts", String.class)
                .split(",")[0]
                .strip());
        return switch (config.getValue("quarkus.redis.client-type", String.class)) {
            case "cluster" -> new RedisNodes(clusterPrimaries(known));
            case "sentinel" ->
                new RedisNodes(
                        List.of(sentinelPrimary(known, config.getValue("quarkus.redis.master-name", String.class))));
            default -> new RedisNodes(List.of(known));
        };
    }

    private static List<URI> clusterPrimaries(URI known) {
        return RedisTalk.ask(known, "CLUSTER", "NODES")
                .lines()
                .map(line -> line.split(" "))
                .filter(node -> node[2].contains("master") && !node[2].contains("fail"))
                .map(node -> at(known, node[1].replaceFirst("[@,].*", "")))
                .toList();
    }

    private static URI sentinelPrimary(URI known, String masterName) {
        return at(
                known,
                RedisTalk.ask(known, "SENTINEL", "GET-MASTER-ADDR-BY-NAME", masterName)
                        .replace('\n', ':'));
    }

    private static URI at(URI known, String address) {
        return URI.create(known.toString().replace(known.getHost() + ":" + known.getPort(), address));
    }

    /** The answers in the order of the primaries, as text; a list's elements are separated by line feeds. */
    public List<String> ask(String command, String... args) {
        return primaries.stream()
                .map(primary -> RedisTalk.ask(primary, command, args))
                .toList();
    }
}
