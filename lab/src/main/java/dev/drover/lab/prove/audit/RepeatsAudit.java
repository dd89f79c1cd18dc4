package dev.drover.lab.prove.audit;

import dev.drover.lab.prove.ledger.Entry.Kind;

/** The same request with the same key, sent again to any instance, names the same thing. */
final class RepeatsAudit implements Auditor {
    @Override
    public String id() {
        return "I-1, I-5, R-5";
    }

    @Override
    public String invariant() {
        return "a repeat by its key does nothing twice";
    }

    @Override
    public void audit(Inquiry inquiry, Findings findings) {
        inquiry.ledger().read(Kind.REPEATED, entry -> {
            findings.checked();
            String first = entry.what().getString("first");
            String again = entry.what().getString("again");
            if (!first.equals(again)) {
                findings.duplicated(
                        entry.sequence(),
                        first + " was " + again + " when repeated",
                        entry.what().getString("instance"));
            }
        });
    }
}
