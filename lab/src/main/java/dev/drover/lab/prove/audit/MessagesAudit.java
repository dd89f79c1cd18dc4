package dev.drover.lab.prove.audit;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** Every follower got every message of its channels once and in order, over all its connections; and each is in every instance's history. */
final class MessagesAudit implements Auditor {
    /** A channel keeps about a thousand. */
    private static final long KEPT = 900;

    @Override
    public String id() {
        return "R-1, R-2, R-4";
    }

    @Override
    public String invariant() {
        return "each message reaches each follower once, in order";
    }

    /** Of one channel. */
    private static final class Log {
        private final Map<Long, Entry> acknowledged = new HashMap<>();
        private String epoch;
        private long newest;
    }

    /** How far one follower got in one channel. */
    private static final class Reached {
        private final Set<String> ids = new HashSet<>();
        private String epoch;
        private long from;
        private long offset;
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        Map<String, Log> logs = new HashMap<>();
        Map<String, Map<String, Reached>> followers = new HashMap<>();
        inquiry.ledger()
                .read(
                        EnumSet.of(
                                Kind.MESSAGE_PUBLISHED, Kind.MESSAGE_RECEIVED, Kind.CHANNEL_FOLLOWED, Kind.CHANNEL_GAP),
                        entry -> {
                            String channel = entry.what().getString("channel");
                            if (entry.kind() == Kind.MESSAGE_PUBLISHED) {
                                published(logs.computeIfAbsent(channel, unseen -> new Log()), entry, findings);
                            } else {
                                Map<String, Reached> byFollower =
                                        followers.computeIfAbsent(channel, unseen -> new HashMap<>());
                                String follower =
                                        entry.what().getInteger("follower").toString();
                                followed(byFollower, follower, entry, findings);
                            }
                        });
        logs.forEach((channel, log) -> followers
                .getOrDefault(channel, Map.of())
                .forEach((follower, reached) -> expectAll(channel, log, follower, reached, findings)));
        for (Map.Entry<String, Log> one : logs.entrySet()) {
            expectKept(inquiry, findings, one.getKey(), one.getValue());
        }
    }

    private static void published(Log log, Entry entry, Findings findings) {
        if (!entry.isAcknowledged()) {
            return;
        }
        findings.checked();
        long offset = entry.what().getLong("offset");
        if (log.epoch == null) {
            log.epoch = entry.what().getString("epoch");
        } else if (!log.epoch.equals(entry.what().getString("epoch"))) {
            findings.lost(
                    entry.sequence(),
                    "the history of " + entry.what().getString("channel") + " began anew",
                    entry.what().getString("by"));
        }
        Entry other = log.acknowledged.putIfAbsent(offset, entry);
        if (other != null && !other.what().getString("id").equals(entry.what().getString("id"))) {
            findings.duplicated(
                    entry.sequence(),
                    "the place " + offset + " was also given to entry " + other.sequence(),
                    entry.what().getString("by"));
        }
        log.newest = Math.max(log.newest, offset);
    }

    private static void followed(Map<String, Reached> byFollower, String follower, Entry entry, Findings findings) {
        JsonObject what = entry.what();
        long offset = what.getLong("offset");
        Reached reached = byFollower.get(follower);
        if (reached == null || entry.kind() == Kind.CHANNEL_FOLLOWED) {
            reached = new Reached();
            reached.epoch = what.getString("epoch");
            reached.from = offset;
            reached.offset = offset;
            byFollower.put(follower, reached);
            return;
        }
        findings.checked();
        String where = what.getString("channel") + " " + offset + " for follower " + follower;
        if (!reached.epoch.equals(what.getString("epoch"))) {
            findings.lost(entry.sequence(), where + ": the history began anew", what.getString("instance"));
            reached.epoch = what.getString("epoch");
        } else if (entry.kind() == Kind.CHANNEL_GAP) {
            findings.lost(entry.sequence(), where + ": a gap, " + what.getString("reason"), what.getString("instance"));
        } else if (offset <= reached.offset) {
            findings.duplicated(entry.sequence(), where, what.getString("instance"));
        } else if (offset > reached.offset + 1) {
            findings.lost(
                    entry.sequence(),
                    where + ": it had got to " + reached.offset + " before",
                    what.getString("instance"));
        } else if (!reached.ids.add(what.getString("id"))) {
            findings.duplicated(entry.sequence(), where + ": the same id again", what.getString("instance"));
        }
        reached.offset = Math.max(reached.offset, offset);
    }

    private static void expectAll(String channel, Log log, String follower, Reached reached, Findings findings) {
        log.acknowledged.forEach((offset, entry) -> {
            if (offset <= reached.from) {
                return;
            }
            findings.checked();
            if (offset > reached.offset) {
                findings.lost(entry.sequence(), channel + " " + offset + " never came to follower " + follower, "");
            } else if (!reached.ids.contains(entry.what().getString("id"))) {
                findings.lost(
                        entry.sequence(),
                        channel + " " + offset + " came to follower " + follower + " as another message",
                        "");
            }
        });
    }

    private static void expectKept(Inquiry inquiry, Findings findings, String channel, Log log)
            throws InterruptedException {
        String token = Tokens.any(inquiry);
        for (Member member : inquiry.of("realtime")) {
            Reply history = inquiry.ask(
                    member,
                    Call.get("/realtime/channels/" + channel + "/messages?limit=1000")
                            .by(token));
            Map<Long, String> kept = new HashMap<>();
            for (Object one : history.json().getJsonArray("messages", new JsonArray())) {
                kept.put(((JsonObject) one).getLong("offset"), ((JsonObject) one).getString("id"));
            }
            log.acknowledged.forEach((offset, entry) -> {
                if (offset <= log.newest - KEPT) {
                    return;
                }
                findings.checked();
                if (!entry.what().getString("id").equals(kept.get(offset))) {
                    findings.lost(
                            entry.sequence(),
                            channel + " " + offset + " is not in the history (" + history.code() + ")",
                            member.id());
                }
            });
        }
    }
}
