package dev.drover.realtime.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.realtime.delivery.ChannelHistory;
import dev.drover.realtime.delivery.ChannelMessage;
import dev.drover.realtime.presence.PresenceReader.Attendance;
import dev.drover.realtime.presence.PresenceReader.Member;
import dev.drover.realtime.presence.PresenceStore.Said;
import dev.drover.testing.RedisFixture;
import dev.drover.testing.RedisNodes;

/** What the scripts of presence promise, on a real Redis. */
@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
class RedisPresenceStoreTest {

    /** What goes through all of a hash or a sorted set. */
    private static final List<String> WHOLE =
            List.of("hgetall", "hscan", "hrandfield", "hkeys", "hvals", "zscan", "zrange", "zrevrange");

    private static final Pattern CALLS = Pattern.compile("cmdstat_(\\w+):calls=(\\d+)");

    @Inject
    PresenceStore store;

    @Inject
    PresenceReader reader;

    @Inject
    ChannelHistory history;

    @Inject
    RedisCalls redis;

    private final ChannelName channel = new ChannelName("public:" + UUID.randomUUID());

    @Test
    void connectionsOfAnAccountAddUpOverInstances() {
        say("a", true, Map.of("usr_1", 2, "usr_2", 1));
        say("b", true, Map.of("usr_1", 1));
        assertThat(everybody()).containsExactly(new Member("usr_1", 3), new Member("usr_2", 1));

        say("a", false, Map.of("usr_1", 0));
        assertThat(everybody()).containsExactly(new Member("usr_1", 1), new Member("usr_2", 1));
        assertThat(say("a", false, Map.of("usr_2", 0))).isEqualTo(new Said.Taken(0, List.of()));
        say("b", false, Map.of("usr_1", 0));
        assertThat(everybody()).isEmpty();
    }

    @Test
    void aRepeatChangesNothingAndTellsNothing() {
        say("a", true, Map.of("usr_1", 2));
        say("a", true, Map.of("usr_1", 2));
        say("a", false, Map.of("usr_1", 2));
        assertThat(everybody()).containsExactly(new Member("usr_1", 2));
        assertThat(events()).containsExactly("{\"joined\":[\"usr_1\"],\"members\":1}");
    }

    @Test
    void itIsToldWhoComesAndGoesAndNotWhoMovesBetweenInstances() {
        say("a", true, Map.of("usr_1", 1));
        say("b", true, Map.of("usr_1", 1));
        say("a", false, Map.of("usr_1", 0));
        say("b", false, Map.of("usr_1", 0, "usr_2", 1));
        assertThat(events())
                .containsExactly(
                        "{\"joined\":[\"usr_1\"],\"members\":1}",
                        "{\"joined\":[\"usr_2\"],\"left\":[\"usr_1\"],\"members\":1}");
    }

    /** nobody has to notice that an instance is dead; its word just ends. */
    @Test
    void whatADeadInstanceSaidIsGoneWithItsLease() {
        say("dead", true, Map.of("usr_1", 1, "usr_2", 1));
        say("alive", true, Map.of("usr_2", 1));
        expire("dead");

        assertThat(everybody()).containsExactly(new Member("usr_2", 1));
        assertThat(events().getLast()).isEqualTo("{\"left\":[\"usr_1\"],\"members\":1}");
    }

    @Test
    void anotherInstanceHearsOfTheDeadOneWhenItSaysThatItIsThereItself() {
        say("dead", true, Map.of("usr_1", 1));
        say("alive", true, Map.of("usr_2", 1));
        expire("dead");
        assertThat(say("alive", false, Map.of())).isEqualTo(new Said.Taken(1, List.of("dead")));
    }

    @Test
    void anInstanceThatWasThoughtDeadSaysEverythingAgain() {
        say("slow", true, Map.of("usr_1", 1, "usr_2", 1));
        expire("slow");
        assertThat(say("slow", false, Map.of("usr_1", 1))).isEqualTo(new Said.Lost());
        assertThat(say("slow", true, Map.of("usr_1", 1))).isEqualTo(new Said.Lost());
        assertThat(store.sweep(channel, "slow", true)).isZero();
        say("slow", true, Map.of("usr_1", 1));
        assertThat(everybody()).containsExactly(new Member("usr_1", 1));
    }

    @Test
    void anInstanceWhoseWordCountsIsNotSweptByAnother() {
        say("a", true, Map.of("usr_1", 1));
        assertThat(store.sweep(channel, "a", false)).isEqualTo(-1);
        assertThat(everybody()).hasSize(1);
    }

    @Test
    void aSweepIsBoundedAndFromItsFirstPartOnTheInstanceCountsNoMore() {
        fill("dead", 600);
        expire("dead");
        assertThat(store.sweep(channel, "dead", false)).isEqualTo(350);
        assertThat(say("dead", false, Map.of("usr_x", 1))).isEqualTo(new Said.Lost());
        assertThat(everybody()).isEmpty();
        assertThat(redis.send(Command.EXISTS, ChannelKeys.presenceHeld(channel, "dead"))
                        .toInteger())
                .isZero();
    }

    @Test
    void pagesFollowOneAnother() {
        say("a", true, Map.of("usr_1", 1, "usr_2", 2, "usr_3", 3));
        Attendance first = reader.read(channel, "", 2);
        assertThat(first.total()).isEqualTo(3);
        assertThat(first.members()).containsExactly(new Member("usr_1", 1), new Member("usr_2", 2));
        Attendance second = reader.read(channel, first.next().orElseThrow(), 2);
        assertThat(second.members()).containsExactly(new Member("usr_3", 3));
        assertThat(second.next()).isEmpty();
    }

    /**
     * By the statistics of the commands: a page, a word and a renewal are the same commands in a channel of 10 and in one of 10,000, and none that
     * goes through all members.
     */
    @Test
    void tenThousandMembersCostNoMoreThanTen() {
        fill("a", 10);
        Map<String, Long> few = cost();
        fill("a", 10_000);
        assertThat(reader.read(channel, "", 10).total()).isEqualTo(10_001);
        Map<String, Long> many = cost();
        assertThat(many).isEqualTo(few);
        assertThat(many.get("zrangebylex")).as("the page was read").isOne();
        WHOLE.forEach(command -> assertThat(many.get(command)).as(command).isZero());
    }

    private Map<String, Long> cost() {
        String who = "usr_" + UUID.randomUUID();
        Map<String, Long> before = calls();
        assertThat(reader.read(channel, "", 10).members()).hasSize(10);
        say("a", false, Map.of(who, 1));
        say("a", false, Map.of());
        Map<String, Long> after = calls();
        say("a", false, Map.of(who, 0));
        say("a", false, Map.of("usr_last", 1));
        Map<String, Long> cost = new TreeMap<>();
        Stream.concat(WHOLE.stream(), Stream.of("zrangebylex"))
                .forEach(command ->
                        cost.put(command, after.getOrDefault(command, 0L) - before.getOrDefault(command, 0L)));
        return cost;
    }

    private static Map<String, Long> calls() {
        Map<String, Long> calls = new HashMap<>();
        for (String info : RedisNodes.ofTheService().ask("INFO", "commandstats")) {
            Matcher line = CALLS.matcher(info);
            while (line.find()) {
                calls.merge(line.group(1), Long.parseLong(line.group(2)), Long::sum);
            }
        }
        return calls;
    }

    private void fill(String holder, int members) {
        Map<String, Integer> batch = new HashMap<>();
        boolean fresh = everybody().isEmpty();
        for (int i = 0; i < members; i++) {
            batch.put("usr_%05d".formatted(i), 1);
            if (batch.size() == 250 || i == members - 1) {
                assertThat(say(holder, fresh, batch)).isInstanceOf(Said.Taken.class);
                batch.clear();
                fresh = false;
            }
        }
    }

    /** As if the lease were over: the script sees by Redis's clock that it is. */
    private void expire(String holder) {
        redis.send(Command.ZADD, ChannelKeys.presenceLeases(channel), "1", holder);
    }

    private Said say(String holder, boolean fresh, Map<String, Integer> connections) {
        return store.say(channel, holder, fresh, new TreeMap<>(connections));
    }

    private List<Member> everybody() {
        return reader.read(channel, "", 1_000).members();
    }

    private List<String> events() {
        return history.newest(channel.presence(), 100).messages().stream()
                .map(ChannelMessage::data)
                .toList();
    }
}
