package dev.drover.lab.prove.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonObject;

/** What the model's instances share. Everything happens on one event loop. */
final class ModelStore {
    final Map<String, JsonObject> accounts = new HashMap<>();
    final Map<String, Session> sessions = new HashMap<>();
    final Map<String, Profile> profiles = new HashMap<>();
    final Map<String, JsonObject> files = new LinkedHashMap<>();
    final Map<String, byte[]> objects = new HashMap<>();
    final Map<String, Job> jobs = new LinkedHashMap<>();
    final Map<String, JsonObject> answered = new HashMap<>();
    final Map<String, Channel> channels = new HashMap<>();
    final Map<String, JsonObject> flags = new HashMap<>();
    final Set<String> erased = new HashSet<>();
    final Set<String> mailed = new HashSet<>();
    int revision;
    final List<JsonObject> firings = new ArrayList<>();
    private int made;

    static final class Session {
        final String account;
        final int openedBy;
        final List<String> refreshTokens = new ArrayList<>();
        boolean revoked;

        Session(String account, int openedBy) {
            this.account = account;
            this.openedBy = openedBy;
        }
    }

    static final class Profile {
        long version;
        String bio;
    }

    static final class Job {
        final JsonObject content;
        final String owner;
        String state = "waiting";
        int attempt;
        long token;
        long leaseUntil;

        Job(JsonObject content, String owner) {
            this.content = content;
            this.owner = owner;
        }
    }

    static final class Channel {
        final List<JsonObject> messages = new ArrayList<>();
    }

    String next(String prefix) {
        return prefix + "_" + ++made;
    }

    Channel channel(String name) {
        return channels.computeIfAbsent(name, fresh -> new Channel());
    }

    /** A crash of a store without a file. */
    void forget() {
        profiles.clear();
        sessions.clear();
        channels.values().forEach(channel -> channel.messages.clear());
    }
}
