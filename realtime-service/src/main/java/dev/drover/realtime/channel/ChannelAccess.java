package dev.drover.realtime.channel;

import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.problem.ServiceException;
import dev.drover.realtime.RealtimeConfig;
import dev.drover.realtime.RealtimeError;
import dev.drover.realtime.channel.ChannelRules.Who;
import dev.drover.realtime.room.Rooms;

/** The one place that says who may do what on which channel, the same over the socket and over HTTP: by its name, and by who belongs to it. */
@Singleton
public final class ChannelAccess {

    private final ChannelRules rules;
    private final Rooms rooms;

    ChannelAccess(RealtimeConfig config, Rooms rooms) {
        this.rules = config.channelRules().orElse(ChannelRules.DEFAULT);
        this.rooms = rooms;
    }

    /** The channel by its name as a client gave it, if the caller may do this there. Blocks where its members decide. */
    public ChannelName require(Verb verb, String name, String sub) {
        ChannelName channel = named(name);
        if (!isAllowed(verb, channel, sub)) {
            throw forbidden("The caller may not " + verb.words() + " here.");
        }
        return channel;
    }

    /** The room by its name as a client gave it: what has members, and not a channel inside. */
    public ChannelName requireRoom(String name) {
        ChannelName channel = named(name);
        if (!rules.hasMembers(channel) || !Rooms.of(channel).equals(channel)) {
            throw forbidden("It is not a room.");
        }
        return channel;
    }

    /** Whether it is kept who follows the channel. */
    public boolean hasPresence(ChannelName channel, String sub) {
        return channel.hasPresence() && rules.who(Verb.PRESENCE, channel, sub).isPresent();
    }

    private boolean isAllowed(Verb verb, ChannelName channel, String sub) {
        Optional<ChannelName> presenceOf = channel.presenceOf();
        if (presenceOf.isPresent()) {
            return verb != Verb.PUBLISH && verb != Verb.PRESENCE && isAllowed(Verb.PRESENCE, presenceOf.get(), sub);
        }
        if (verb == Verb.PRESENCE && !channel.hasPresence()) {
            return false;
        }
        Optional<Who> who = rules.who(verb, channel, sub);
        return who.isPresent()
                && (who.get() == Who.EVERYONE
                        || rooms.role(Rooms.of(channel), sub).isPresent());
    }

    public static ChannelName named(String name) {
        return Optional.ofNullable(name)
                .filter(given -> given.matches(ChannelName.PATTERN))
                .map(ChannelName::new)
                .orElseThrow(() -> ServiceException.invalid("/channel", "must match " + ChannelName.PATTERN));
    }

    private static ServiceException forbidden(String detail) {
        return new ServiceException(RealtimeError.CHANNEL_FORBIDDEN, detail);
    }
}
