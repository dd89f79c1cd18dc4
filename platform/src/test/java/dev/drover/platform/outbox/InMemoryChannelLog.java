package dev.drover.platform.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.drover.platform.channels.ChannelLog;
import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.channels.MessageIdReusedException;

/** What channels were told, in how many calls; one id was given to another message before. */
final class InMemoryChannelLog implements ChannelLog {

    static final String REUSED = "evt_reused";

    final List<String> messages = new ArrayList<>();
    int calls;

    @Override
    public List<Outcome> appendAll(ChannelName channel, List<Message> some, String from, Duration dedupe) {
        calls++;
        List<Outcome> outcomes = new ArrayList<>();
        for (Message message : some) {
            if (message.id().equals(REUSED)) {
                outcomes.add(Outcome.REUSED);
            } else {
                messages.add(channel + " " + message.id() + " " + from);
                outcomes.add(Outcome.APPENDED);
            }
        }
        return outcomes;
    }

    @Override
    public Appended append(ChannelName channel, String id, String data, String from, Duration dedupe) {
        calls++;
        if (id.equals(REUSED)) {
            throw new MessageIdReusedException(channel, id);
        }
        messages.add(channel + " " + id + " " + from);
        return new Appended(new Position("epoch", messages.size()), false);
    }
}
