package dev.drover.realtime.room;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

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

    /** Stands beside the members: no account is called so. */
    private static final String OWNERS = "#owners";

    private final RedisCalls redis;
    private final int membersMax;

    RedisRoomStore(RedisCalls redis, RealtimeConfig config) {
        this.redis = redis;
        this.membersMax = config.roomMembersMax();
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
            if (!sub.equals(OWNERS)) {
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

    private static Role role(Response value) {
        return Role.valueOf(value.toString().toUpperCase(Locale.ROOT));
    }
}
