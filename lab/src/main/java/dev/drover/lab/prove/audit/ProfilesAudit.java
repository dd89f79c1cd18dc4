package dev.drover.lab.prove.audit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/**
 * The history of each profile: of the writers that had read one version one won; every read shows a version at least as new as those that were
 * acknowledged before it began, and what was written as that version; and at the end every instance shows the last one.
 */
final class ProfilesAudit implements Auditor {
    @Override
    public String id() {
        return "P-1, P-2";
    }

    @Override
    public String invariant() {
        return "an acknowledged profile write is read back, in order, and none is overwritten unseen";
    }

    /** Of one account. */
    private static final class History {
        /** By version. */
        private final TreeMap<Long, Entry> written = new TreeMap<>();

        private final List<Entry> reads = new ArrayList<>();
        private int unknown;

        /** The newest that was acknowledged before a moment. */
        long newestBefore(long millis) {
            long newest = 0;
            for (Map.Entry<Long, Entry> one : written.entrySet()) {
                if (one.getValue().atMillis() < millis) {
                    newest = Math.max(newest, one.getKey());
                }
            }
            return newest;
        }

        long newest() {
            return written.isEmpty() ? 0 : written.lastKey();
        }
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        Map<String, History> histories = new HashMap<>();
        inquiry.ledger()
                .read(EnumSet.of(Kind.PROFILE_WRITTEN, Kind.PROFILE_READ), entry -> enter(histories, entry, findings));
        for (History history : histories.values()) {
            for (Entry read : history.reads) {
                judge(history, read, findings);
            }
        }
        inquiry.each(histories.entrySet(), one -> {
            for (Member member : inquiry.of("profile")) {
                expectNewest(findings, one.getKey(), one.getValue(), member, inquiry);
            }
        });
    }

    private static void enter(Map<String, History> histories, Entry entry, Findings findings) {
        History history = histories.computeIfAbsent(entry.what().getString("account"), account -> new History());
        if (entry.kind() == Kind.PROFILE_READ) {
            history.reads.add(entry);
        } else if (entry.isUnknown()) {
            history.unknown++;
        } else {
            findings.checked();
            // Only who had read the version before can have written this one.
            long version = entry.what().getLong("ifMatch") + 1;
            Entry other = history.written.putIfAbsent(version, entry);
            if (other != null) {
                findings.duplicated(
                        entry.sequence(),
                        "version " + version + " of " + entry.what().getString("account") + " was also given to entry "
                                + other.sequence(),
                        entry.what().getString("by"));
            }
            if (entry.what().getLong("version") < version) {
                findings.lost(
                        entry.sequence(),
                        "the write of version " + version + " was answered with version "
                                + entry.what().getLong("version"),
                        entry.what().getString("by"));
            }
        }
    }

    private static void judge(History history, Entry read, Findings findings) {
        findings.checked();
        long version = read.what().getLong("version");
        long expected = history.newestBefore(read.what().getLong("began"));
        String account = read.what().getString("account");
        if (version < expected) {
            findings.lost(
                    read.sequence(),
                    "version " + expected + " of " + account + " was acknowledged before, and version " + version
                            + " was read",
                    read.what().getString("instance"));
        }
        Entry written = history.written.get(version);
        if (written != null
                && !written.what().getString("value").equals(read.what().getString("value"))) {
            findings.lost(
                    written.sequence(),
                    "version " + version + " of " + account + " has another content",
                    read.what().getString("instance"));
        }
    }

    private static void expectNewest(Findings findings, String account, History history, Member member, Inquiry inquiry)
            throws InterruptedException {
        Reply reply = inquiry.ask(member, Call.get("/profiles/" + account));
        long newest = history.newest();
        if (newest == 0) {
            return;
        }
        findings.checked();
        long version = reply.isDone() ? cardVersion(inquiry, history, reply) : -1;
        if (version < 0) {
            findings.lost(
                    history.written.get(newest).sequence(),
                    "version " + newest + " of " + account + " is not shown (" + reply.code() + ", "
                            + reply.json().getString("bio") + ")",
                    member.id());
        }
    }

    /**
     * The card has no version of its own, but every content is like no other: it is the newest acknowledged one, or one that was never
     * answered.
     */
    private static long cardVersion(Inquiry inquiry, History history, Reply card) {
        String shown = card.json().getString("bio");
        Entry newest = history.written.get(history.newest());
        if (newest.what().getString("value").equals(shown)) {
            return history.newest();
        }
        boolean acknowledged = history.written.values().stream()
                .anyMatch(entry -> entry.what().getString("value").equals(shown));
        return !acknowledged && history.unknown > 0 ? history.newest() + 1 : -1;
    }
}
