package com.acme.shop;

import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

@Path("/login")
public class LogInResource {

    static final Map<String, String> SESSIONS = new ConcurrentHashMap<>();

    private final Map<String, Integer> failedAttempts = new ConcurrentHashMap<>();

    @POST
    public String logIn(@FormParam("user") String user, @FormParam("password") String password) {
        if (failedAttempts.merge(user, 1, Integer::sum) > 5) {
            return "locked";
        }
        String token = UUID.randomUUID().toString();
        SESSIONS.put(token, user);
        return token;
    }
}
