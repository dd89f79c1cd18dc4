package dev.drover.lab.prove.audit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;
import dev.drover.lab.prove.user.Switches;

/**
 * Each acknowledged change of a flag has a version of its own; no instance's copy goes back, and one that is old says so; at the end every
 * instance has the last change, and a new one within a second.
 */
final class FlagsAudit implements Auditor {
    /** Until then a copy Redis does not confirm need not say so. The second is what an answer may have been on its way. */
    private static final long UNSAID_MILLIS = 10_000 + 1_000;

    /** A busy machine stops processes for longer than the promise, so the best of some changes is judged. */
    private static final int CHANGES = 4;

    private static final long EVERYWHERE_WITHIN_MILLIS = 1_000;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final long LOOK_MILLIS = 20;

    @Override
    public String id() {
        return "F-2, F-4, F-7";
    }

    @Override
    public String invariant() {
        return "an acknowledged change of a flag is on every instance";
    }

    /** All that was written and seen of the one flag of a proof. */
    private static final class History {
        private final TreeMap<Long, Entry> written = new TreeMap<>();
        private final Map<String, Long> shown = new HashMap<>();
        private final Set<String> unknown = new HashSet<>();
        private final List<Entry> reads = new ArrayList<>();
        private String flag;
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) throws InterruptedException {
        History history = new History();
        inquiry.ledger().read(EnumSet.of(Kind.FLAG_WRITTEN, Kind.FLAG_READ), entry -> enter(history, entry, findings));
        if (history.written.isEmpty() || inquiry.admin().isEmpty()) {
            return;
        }
        history.reads.forEach(read -> judge(history, read, findings));
        String token = inquiry.admin().get();
        for (Member member : inquiry.of("profile")) {
            expectLast(inquiry, findings, history, member, token);
        }
        expectChanges(inquiry, findings, history.flag, token);
        inquiry.ask(inquiry.one("profile", 0).orElseThrow(), Switches.removal(history.flag, token));
    }

    private static void enter(History history, Entry entry, Findings findings) {
        if (entry.kind() == Kind.FLAG_READ) {
            history.reads.add(entry);
        } else if (entry.isUnknown()) {
            history.unknown.add(entry.what().getString("value"));
        } else {
            findings.checked();
            history.flag = entry.what().getString("flag");
            long version = entry.what().getLong("version");
            if (!history.written.isEmpty() && history.written.lastKey() >= version) {
                findings.duplicated(
                        entry.sequence(),
                        "the version " + version + " of a flag was given before",
                        entry.what().getString("by"));
            }
            history.written.put(version, entry);
        }
    }

    private static void judge(History history, Entry read, Findings findings) {
        findings.checked();
        long version = read.what().getLong("version");
        String instance = read.what().getString("instance");
        Long before = history.shown.put(instance, version);
        if (before != null && before > version) {
            findings.lost(
                    read.sequence(), "version " + before + " of a flag: version " + version + " after it", instance);
        }
        Entry written = history.written.get(version);
        if (written != null
                && !written.what().getString("value").equals(read.what().getString("value"))) {
            findings.lost(written.sequence(), "version " + version + " of a flag has another content", instance);
        }
        boolean said = read.what().getBoolean("stale", false);
        history.written.tailMap(version, false).values().stream()
                .filter(newer -> !said && newer.atMillis() < read.what().getLong("began") - UNSAID_MILLIS)
                .findFirst()
                .ifPresent(newer -> findings.late(
                        newer.sequence(),
                        "version " + newer.what().getLong("version") + " of a flag: version " + version
                                + " was shown long after it, and not as an old one",
                        instance));
    }

    private static void expectLast(Inquiry inquiry, Findings findings, History history, Member member, String token)
            throws InterruptedException {
        findings.checked();
        Entry last = history.written.lastEntry().getValue();
        Reply shown = inquiry.ask(member, Switches.evaluation(history.flag, token));
        String value = shown.json().getString("value");
        boolean mayBe = last.what().getString("value").equals(value) || history.unknown.contains(value);
        if (!mayBe) {
            findings.lost(
                    last.sequence(),
                    "the last change of a flag: " + value + " is shown (" + shown.code() + ")",
                    member.id());
        }
    }

    private static void expectChanges(Inquiry inquiry, Findings findings, String flag, String token)
            throws InterruptedException {
        Map<String, Long> best = new ConcurrentHashMap<>();
        boolean arrives = true;
        for (int change = 1; change <= CHANGES && arrives; change++) {
            String value = "audit-" + change;
            Member writer = inquiry.one("profile", change).orElseThrow();
            if (!inquiry.ask(writer, Switches.change(flag, value, "*", token)).isDone()) {
                continue;
            }
            long began = inquiry.ledger().now();
            // All are asked at once: nobody's time is to be on another's account.
            inquiry.each(inquiry.of("profile"), member -> {
                long took = awaitValue(inquiry, member, flag, value, token) - began;
                best.merge(member.id(), took, Math::min);
            });
            arrives = best.values().stream().allMatch(took -> took <= PATIENCE_MILLIS);
        }
        best.forEach((instance, millis) -> {
            findings.checked();
            if (millis > PATIENCE_MILLIS) {
                findings.lost(0, "a change of a flag in the audit", instance);
            } else if (millis > EVERYWHERE_WITHIN_MILLIS) {
                findings.late(0, "a change of a flag in the audit took " + millis + " ms at best", instance);
            }
        });
    }

    /** @return when it was seen */
    private static long awaitValue(Inquiry inquiry, Member member, String flag, String value, String token)
            throws InterruptedException {
        long deadline = inquiry.ledger().now() + PATIENCE_MILLIS;
        while (inquiry.ledger().now() < deadline) {
            JsonObject shown =
                    inquiry.ask(member, Switches.evaluation(flag, token)).json();
            if (value.equals(shown.getString("value"))) {
                return inquiry.ledger().now();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return Long.MAX_VALUE / 2;
    }
}
