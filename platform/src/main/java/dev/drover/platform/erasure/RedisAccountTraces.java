package dev.drover.platform.erasure;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.channels.ChannelConfig;
import dev.drover.platform.channels.ChannelKeys;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

/**
 * The profile goes in steps any of which may be the last an instance makes: its slot is emptied but for the handles and the epoch that fences writers,
 * then each handle is given free, then the rest goes. The keys are those of profile-service, auth-service and realtime-service (docs/architecture.md).
 */
@Singleton
final class RedisAccountTraces implements AccountTraces {

    private static final RedisScript NOTE = RedisScript.load("note_errand");
    private static final RedisScript LEAVE_ROOM = RedisScript.load("leave_room");
    private static final RedisScript EMPTY_PROFILE = RedisScript.load("empty_profile");
    private static final RedisScript FREE_HANDLE = RedisScript.load("free_handle");
    private static final String HANDLE_INDEX = "drover:{handles}:index";

    private final RedisCalls redis;
    private final ChannelConfig channels;

    RedisAccountTraces(RedisCalls redis, ChannelConfig channels) {
        this.redis = redis;
        this.channels = channels;
    }

    @Override
    public void askForTheEndOfTheAccount(String account) {
        redis.run(NOTE, List.of("drover:{errands}:due", "drover:{errands}:noted"), List.of(account));
    }

    @Override
    public boolean isAccountErased(String account) {
        // The address is given free last, but sessions are ended by whichever instance of auth-service comes first.
        Response left = redis.send(Command.HMGET, key(account, "account"), "passwordHash", "email");
        return left.get(0) == null
                && left.get(1) == null
                && redis.send(Command.EXISTS, key(account, "closing")).toInteger() == 0;
    }

    /** The list last: as long as it names a room, a later run finds it. */
    @Override
    public void leaveRooms(String account) {
        String endedFor = Long.toString(channels.roomEndedFor().toMillis());
        for (Response name : redis.send(Command.ZRANGE, ChannelKeys.roomsOf(account), "0", "-1")) {
            ChannelName room = new ChannelName(name.toString());
            redis.run(
                    LEAVE_ROOM,
                    List.of(ChannelKeys.roomMembers(room), ChannelKeys.log(room), ChannelKeys.meta(room)),
                    List.of(account, endedFor));
        }
        redis.send(Command.DEL, ChannelKeys.roomsOf(account));
    }

    @Override
    public void eraseProfile(String account) {
        String profile = key(account, "profile");
        String former = key(account, "former-handles");
        Response answer = redis.run(EMPTY_PROFILE, List.of(profile, former, key(account, "card")), List.of());
        List<String> handles = new ArrayList<>();
        answer.forEach(handle -> handles.add(handle.toString()));
        for (String handle : handles) {
            redis.send(
                    Command.ZREMRANGEBYLEX,
                    HANDLE_INDEX,
                    "[" + handle + "!" + account + "!",
                    "(" + handle + "!" + account + "!~");
            redis.run(FREE_HANDLE, List.of("drover:{handle:" + handle + "}:claim"), List.of(account));
        }
        redis.send(Command.DEL, profile, former);
        ChannelName events = new ChannelName("user:" + account + ":events");
        redis.send(Command.DEL, ChannelKeys.log(events), ChannelKeys.meta(events));
    }

    private static String key(String account, String part) {
        return "drover:{" + account + "}:" + part;
    }
}
