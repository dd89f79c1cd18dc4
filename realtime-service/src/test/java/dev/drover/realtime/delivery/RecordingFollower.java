package dev.drover.realtime.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.drover.platform.channels.ChannelLog.Position;

/** Writes down what it is told, in order, in a form that reads well in an assertion. */
final class RecordingFollower implements Follower {

    private final List<String> told = new ArrayList<>();

    @Override
    public synchronized void subscribed(Position at) {
        told.add("subscribed " + text(at));
    }

    @Override
    public synchronized void recovered(Position from, Position to) {
        told.add("recovered " + from.offset() + ".." + text(to));
    }

    @Override
    public synchronized void gap(Position at, GapReason reason) {
        told.add("gap " + text(at) + " " + reason.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public synchronized void deliver(Delivery message) {
        told.add(message.frame().toString());
    }

    @Override
    public boolean awaitRoom() {
        return true;
    }

    @Override
    public synchronized void abandoned(RuntimeException why) {
        told.add("abandoned");
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    private static String text(Position position) {
        return position.epoch() + ":" + position.offset();
    }
}
