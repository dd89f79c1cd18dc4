package dev.drover.lab.prove.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.drover.lab.prove.ledger.Entry;
import dev.drover.lab.prove.ledger.Entry.Kind;

/** In no stretch of time all instances together gave more than the burst and what had grown back. */
final class LimitsAudit implements Auditor {
    @Override
    public String id() {
        return "E-7";
    }

    @Override
    public String invariant() {
        return "all instances together give exactly the quota";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) {
        Map<String, List<Entry>> given = new HashMap<>();
        inquiry.ledger().read(Kind.UNIT_ASKED, entry -> {
            findings.checked();
            if (entry.what().getBoolean("given")) {
                given.computeIfAbsent(entry.what().getString("account"), account -> new ArrayList<>())
                        .add(entry);
            }
        });
        given.values().forEach(units -> judge(units, findings));
    }

    private static void judge(List<Entry> units, Findings findings) {
        long tooMany = 0;
        Entry worst = null;
        for (int from = 0; from < units.size(); from++) {
            for (int to = from; to < units.size(); to++) {
                long over = (to - from + 1) - allowed(units.get(from), units.get(to));
                if (over > tooMany) {
                    tooMany = over;
                    worst = units.get(to);
                }
            }
        }
        for (long unit = 0; unit < tooMany; unit++) {
            findings.duplicated(
                    worst.sequence(),
                    "a unit of the quota " + worst.what().getLong("units") + " per "
                            + worst.what().getLong("windowSeconds") + " s",
                    worst.what().getString("instance"));
        }
    }

    /** Counted from when the first was asked for to when the last was given: never shorter than what the limiter saw. */
    private static long allowed(Entry first, Entry last) {
        long units = last.what().getLong("units");
        double intervalMillis = last.what().getLong("windowSeconds") * 1_000.0 / units;
        long stretch = last.atMillis() - first.what().getLong("began");
        return units + (long) Math.floor(stretch / intervalMillis);
    }
}
