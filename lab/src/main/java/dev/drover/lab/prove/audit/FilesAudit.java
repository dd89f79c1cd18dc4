package dev.drover.lab.prove.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** A file that was acknowledged is in its owner's list once, known to every instance, and in the store byte for byte. */
final class FilesAudit implements Auditor {
    private static final int LOOKS = 120;
    private static final long LOOK_MILLIS = 500;
    private static final int PAGES_MAX = 50;

    @Override
    public String id() {
        return "M-1, M-3, M-4";
    }

    @Override
    public String invariant() {
        return "an acknowledged upload is there, once, byte for byte";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        Map<String, List<Entry>> byAccount = new HashMap<>();
        inquiry.ledger().read(Kind.FILE_STORED, entry -> {
            if (entry.isAcknowledged()) {
                byAccount
                        .computeIfAbsent(entry.what().getString("account"), account -> new ArrayList<>())
                        .add(entry);
            }
        });
        Map<String, String> tokens = Tokens.of(inquiry, byAccount.keySet());
        inquiry.each(byAccount.entrySet(), one -> {
            String token = tokens.get(one.getKey());
            if (token == null) {
                one.getValue().forEach(entry -> findings.lost(entry.sequence(), "its owner is not let in", ""));
                return;
            }
            Map<String, Integer> listed = listed(inquiry, token, one.getKey());
            for (Entry entry : one.getValue()) {
                examine(inquiry, findings, entry, token, listed);
            }
        });
    }

    private static void examine(
            Inquiry inquiry, Findings findings, Entry entry, String token, Map<String, Integer> listed)
            throws InterruptedException {
        String id = entry.what().getString("id");
        int times = listed.getOrDefault(id, 0);
        findings.checked();
        if (times == 0) {
            findings.lost(entry.sequence(), "the file " + id + " is not in its owner's list", "");
        } else if (times > 1) {
            findings.duplicated(entry.sequence(), "the file " + id + " is listed " + times + " times", "");
        }
        for (Member member : inquiry.of("media")) {
            findings.checked();
            Reply reply = inquiry.ask(member, Call.get("/media/" + id).by(token));
            if (!reply.isDone()
                    || !entry.what().getString("sha256").equals(reply.json().getString("sha256"))) {
                findings.lost(entry.sequence(), "the file " + id + " (" + reply.code() + ")", member.id());
            }
        }
        examineBytes(inquiry, findings, entry, token);
    }

    private static void examineBytes(Inquiry inquiry, Findings findings, Entry entry, String token)
            throws InterruptedException {
        String id = entry.what().getString("id");
        Member member = inquiry.one("media", entry.sequence()).orElseThrow();
        Optional<String> state = settledState(inquiry, member, id, token);
        findings.checked();
        if (state.isEmpty()) {
            findings.late(entry.sequence(), "the file " + id + " is still being processed", member.id());
            return;
        }
        if (!state.get().equals("ready")) {
            findings.lost(entry.sequence(), "the file " + id + " is " + state.get(), member.id());
            return;
        }
        Reply link = inquiry.ask(member, Call.get("/media/" + id + "/url").by(token));
        Reply bytes = link.isDone() ? inquiry.fetch(link.json().getString("url")) : link;
        if (!bytes.isDone() || !entry.what().getString("sha256").equals(sha256(bytes.body()))) {
            findings.lost(entry.sequence(), "the bytes of " + id + " (" + bytes.code() + ")", member.id());
        }
    }

    private static Optional<String> settledState(Inquiry inquiry, Member member, String id, String token)
            throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            String state = inquiry.ask(member, Call.get("/media/" + id).by(token))
                    .json()
                    .getString("state", "unknown");
            if (!state.equals("verified") && !state.equals("processing") && !state.equals("pending")) {
                return Optional.of(state);
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    private static Map<String, Integer> listed(Inquiry inquiry, String token, String account)
            throws InterruptedException {
        Map<String, Integer> listed = new HashMap<>();
        Member member = inquiry.one("media", Math.abs(account.hashCode())).orElseThrow();
        String cursor = "";
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonObject body = inquiry.ask(
                            member, Call.get("/media?limit=100" + cursor).by(token))
                    .json();
            for (Object item : body.getJsonArray("items", new JsonArray())) {
                listed.merge(((JsonObject) item).getString("id"), 1, Integer::sum);
            }
            if (body.getString("nextCursor") == null) {
                break;
            }
            cursor = "&cursor=" + body.getString("nextCursor");
        }
        return listed;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
