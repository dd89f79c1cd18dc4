package dev.drover.bench.work;

import java.io.IOException;

import dev.drover.bench.load.ClosedLoop.Turn;
import dev.drover.bench.load.Connection;
import dev.drover.bench.load.HttpCall;
import dev.drover.bench.load.Refused;
import dev.drover.bench.suite.Account;

/** Trades a refresh token for the next one, over and over. */
public final class Trading implements Turn {

    private String token;

    public Trading(String token) {
        this.token = token;
    }

    @Override
    public void take(Connection connection) throws IOException {
        HttpCall call = HttpCall.json("POST", "/auth/refresh", "{\"refreshToken\":\"" + token + "\"}");
        int status = connection.send(call, 0);
        if (status != 200) {
            throw new Refused("a refresh was answered " + status + ": " + connection.body());
        }
        token = Account.read(connection.body()).path("refreshToken").asText();
    }
}
