package dev.drover.lab.prove.audit;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** The end of a job and of the work on a file is told to its owner, once. What the follower did not live to see is looked up in the history. */
final class AnnouncementsAudit implements Auditor {
    /** What is told of a job that goes on, such as that it is tried again, may be told more often. */
    private static final Set<String> ENDS =
            Set.of("job.succeeded", "job.failed", "job.dead", "job.cancelled", "media.ready", "media.quarantined");

    private static final int LOOKS = 30;
    private static final long LOOK_MILLIS = 500;

    @Override
    public String id() {
        return "J-8, M-5";
    }

    @Override
    public String invariant() {
        return "the end of a job and of an upload is told its owner, once";
    }

    /** What an account is to be told, and where in its channel it was. */
    private static final class Told {
        private final Map<String, Long> expected = new HashMap<>();
        private final Map<String, Set<Long>> places = new HashMap<>();
        private boolean follows;
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        Map<String, Told> accounts = new HashMap<>();
        inquiry.ledger()
                .read(
                        EnumSet.of(Kind.CHANNEL_FOLLOWED, Kind.JOB_ACCEPTED, Kind.FILE_STORED, Kind.MESSAGE_RECEIVED),
                        entry -> enter(accounts, entry));
        accounts.values().removeIf(told -> told.expected.isEmpty());
        Map<String, String> tokens = Tokens.of(inquiry, accounts.keySet());
        inquiry.each(accounts.entrySet(), one -> {
            Told told = one.getValue();
            String token = tokens.get(one.getKey());
            for (int look = 0; look < LOOKS && token != null && isIncomplete(told); look++) {
                readHistory(inquiry, one.getKey(), told, token);
                if (isIncomplete(told)) {
                    Thread.sleep(LOOK_MILLIS);
                }
            }
            judge(told, findings);
        });
    }

    private static void enter(Map<String, Told> accounts, Entry entry) {
        JsonObject what = entry.what();
        if (entry.kind() == Kind.JOB_ACCEPTED || entry.kind() == Kind.FILE_STORED) {
            Told told = accounts.computeIfAbsent(what.getString("account"), account -> new Told());
            // What ended before anybody listened may have been told before, too.
            if (entry.isAcknowledged() && told.follows) {
                told.expected.put(what.getString("id"), entry.sequence());
            }
            return;
        }
        String[] channel = what.getString("channel").split(":");
        if (!channel[0].equals("user")) {
            return;
        }
        Told told = accounts.computeIfAbsent(channel[1], account -> new Told());
        told.follows = true;
        if (entry.kind() == Kind.MESSAGE_RECEIVED && ENDS.contains(what.getString("event", ""))) {
            place(told, what.getString("subject"), what.getLong("offset"));
        }
    }

    private static void place(Told told, String subject, long offset) {
        told.places.computeIfAbsent(subject, unseen -> new HashSet<>()).add(offset);
    }

    private static boolean isIncomplete(Told told) {
        return !told.places.keySet().containsAll(told.expected.keySet());
    }

    private static void readHistory(Inquiry inquiry, String account, Told told, String token)
            throws InterruptedException {
        JsonObject history = inquiry.ask(
                        inquiry.one("realtime", Math.abs(account.hashCode())).orElseThrow(),
                        Call.get("/realtime/channels/user:" + account + ":events/messages?limit=1000")
                                .by(token))
                .json();
        for (Object one : history.getJsonArray("messages", new JsonArray())) {
            JsonObject message = (JsonObject) one;
            if (message.getValue("data") instanceof JsonObject data) {
                String subject = data.getString("jobId", data.getString("mediaId"));
                if (subject != null && ENDS.contains(data.getString("event", ""))) {
                    place(told, subject, message.getLong("offset"));
                }
            }
        }
    }

    private static void judge(Told told, Findings findings) {
        told.expected.forEach((subject, sequence) -> {
            findings.checked();
            Set<Long> places = told.places.getOrDefault(subject, Set.of());
            if (places.isEmpty()) {
                findings.lost(sequence, "nothing was told of the end of " + subject, "");
            } else if (places.size() > 1) {
                findings.duplicated(sequence, "the end of " + subject + " was told " + places.size() + " times", "");
            }
        });
    }
}
