package dev.drover.bench.live;

import java.io.IOException;
import java.net.URI;

/** As much of Engine.IO 4 and Socket.IO 5 as bench/peer/live.js uses. */
public final class SocketIoLanguage implements Crowd.Language {

    private static final String OPEN = "0";
    private static final String PING = "2";
    private static final String PONG = "3";
    private static final String CONNECT = "40";
    private static final String EVENT = "42[\"message\",";
    private static final String JOINED = "430";
    private static final String PUBLISHED = "431";

    @Override
    public Frames open(URI base) throws IOException {
        return new Frames(base, "/socket.io/?EIO=4&transport=websocket");
    }

    @Override
    public void take(Crowd crowd, Crowd.Member member, String frame) throws IOException {
        if (frame.startsWith(EVENT)) {
            crowd.received(Long.parseLong(frame.substring(EVENT.length(), frame.length() - 1)));
        } else if (frame.equals(PING)) {
            member.send(PONG);
        } else if (frame.startsWith(OPEN)) {
            member.send(CONNECT);
        } else if (frame.startsWith(CONNECT)) {
            if (member.channel != null) {
                member.send("420[\"join\",\"" + member.channel + "\"]");
            } else {
                crowd.joined();
            }
        } else if (frame.startsWith(JOINED)) {
            crowd.joined();
        } else if (frame.startsWith(PUBLISHED)) {
            crowd.published();
        } else {
            throw new IllegalStateException(frame);
        }
    }

    @Override
    public String publishing(String channel, long number, long sentNanos) {
        return "421[\"publish\",\"" + channel + "\"," + sentNanos + "]";
    }
}
