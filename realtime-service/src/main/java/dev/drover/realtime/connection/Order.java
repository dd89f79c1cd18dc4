package dev.drover.realtime.connection;

import java.util.Optional;

/** What an instance can be asked to do with its sockets. */
public sealed interface Order {

    /** Ends one socket. */
    record EndConnection(String id) implements Order {}

    /** Ends all sockets of an account. */
    record EndAccount(String sub) implements Order {}

    /** Lets an account follow nothing of a room any more. */
    record Expel(String room, String sub) implements Order {}

    /** Lets nobody follow anything of a room any more. */
    record Clear(String room) implements Order {}

    static String write(Order order) {
        return switch (order) {
            case EndConnection end -> "connection " + end.id();
            case EndAccount end -> "account " + end.sub();
            case Clear clear -> "clear " + clear.room();
            case Expel expel -> "expel " + expel.room() + " " + expel.sub();
        };
    }

    /** Empty for what a newer instance may ask for and this one does not know. */
    static Optional<Order> read(String text) {
        String[] words = text.split(" ");
        return switch (words[0]) {
            case "connection" -> Optional.of(new EndConnection(words[1]));
            case "account" -> Optional.of(new EndAccount(words[1]));
            case "clear" -> Optional.of(new Clear(words[1]));
            case "expel" -> Optional.of(new Expel(words[1], words[2]));
            default -> Optional.empty();
        };
    }
}
