package dev.drover.realtime.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ResponseType;

import dev.drover.platform.channels.ChannelConfig;
import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.room.Rooms.Change;
import dev.drover.realtime.room.Rooms.Role;

@Singleton
final class RedisRoomStore implements RoomStore {

    private static final RedisScript MEMBER = RedisScript.load("room_member");
    private static final RedisScript END = RedisScript.load("room_end");
    private static final RedisScript NOTE = RedisScript.load("room_note");

    /** What stands beside the members begins so, as no account does. */
    private static final String MARK = "#";

    /** Between a note and what it announces lies a request at most. */
    private static final Duration NOTE_COUNTS_FOR = Duration.ofMinutes(1);

    private final RedisCalls redis;
    private final int membersMax;
    private final int roomsMax;
    private final Duration endedFor;
    private final Clock clock;

    RedisRoomStore(RedisCalls redis, RealtimeConfig config, ChannelConfig channels, Clock clock) {
        this.redis = redis;
        this.membersMax = config.roomMembersMax();
        this.roomsMax = config.roomsPerAccountMax();
        this.endedFor = channels.roomEndedFor();
        this.clock = clock;
    }

    @Override
    public Optional<Role> role(ChannelName room, String sub) {
        return Optional.ofNullable(redis.send(Command.HGET, ChannelKeys.roomMembers(room), sub))
                .map(RedisRoomStore::role);
    }

    @Override
    public Map<String, Role> members(ChannelName room) {
        Response all = redis.send(Command.HGETALL, ChannelKeys.roomMembers(room));
        Map<String, Role> members = new TreeMap<>();
        for (String sub : all.getKeys()) {
            if (!sub.startsWith(MARK)) {
                members.put(sub, role(all.get(sub)));
            }
        }
        return members;
    }

    @Override
    public Change change(ChannelName room, String by, String sub, Optional<Role> role) {
        String wanted = role.map(given -> given.name().toLowerCase(Locale.ROOT)).orElse("");
        Response answer = redis.run(
                MEMBER, List.of(ChannelKeys.roomMembers(room)), List.of(by, sub, wanted, Integer.toString(membersMax)));
        return Change.valueOf(answer.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public Change end(ChannelName room, String by) {
        Response answer = redis.run(
                END,
                List.of(ChannelKeys.roomMembers(room), ChannelKeys.log(room), ChannelKeys.meta(room)),
                List.of(by, Long.toString(endedFor.toMillis())));
        return Change.valueOf(answer.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public Noted note(String sub, ChannelName room) {
        Response answer =
                redis.run(NOTE, List.of(ChannelKeys.roomsOf(sub)), List.of(room.value(), Integer.toString(roomsMax)));
        return Noted.valueOf(answer.toString().toUpperCase(Locale.ROOT));
    }

    @Override
    public void forget(String sub, ChannelName room) {
        redis.send(Command.ZREM, ChannelKeys.roomsOf(sub), room.value());
    }

    @Override
    public Map<ChannelName, Role> roomsOf(String sub) {
        Response noted = redis.send(Command.ZRANGE, ChannelKeys.roomsOf(sub), "0", "-1", "WITHSCORES");
        Map<ChannelName, Long> names = noted(noted);
        List<ChannelName> rooms = List.copyOf(names.keySet());
        List<Response> roles =
                redis.readHashes(rooms.stream().map(ChannelKeys::roomMembers).toList(), sub);
        Instant before = clock.instant().minus(NOTE_COUNTS_FOR);
        Map<ChannelName, Role> found = new TreeMap<>(Comparator.comparing(ChannelName::value));
        for (int i = 0; i < rooms.size(); i++) {
            Response role = roles.get(i).get(0);
            if (role != null) {
                found.put(rooms.get(i), role(role));
            } else if (Instant.ofEpochMilli(names.get(rooms.get(i))).isBefore(before)) {
                forget(sub, rooms.get(i));
            }
        }
        return found;
    }

    /** With RESP 3 a score comes with its name, with RESP 2 after it. */
    private static Map<ChannelName, Long> noted(Response answer) {
        Map<ChannelName, Long> noted = new LinkedHashMap<>();
        boolean isPaired = answer.size() > 0 && answer.get(0).type() == ResponseType.MULTI;
        for (int i = 0; i < answer.size(); i += isPaired ? 1 : 2) {
            Response name = isPaired ? answer.get(i).get(0) : answer.get(i);
            Response score = isPaired ? answer.get(i).get(1) : answer.get(i + 1);
            noted.put(new ChannelName(name.toString()), (long) Double.parseDouble(score.toString()));
        }
        return noted;
    }

    private static Role role(Response value) {
        return Role.valueOf(value.toString().toUpperCase(Locale.ROOT));
    }
}
