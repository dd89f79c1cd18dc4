package dev.drover.lab.prove.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.drover.lab.prove.Verdict;
import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.herd.Herd;
import dev.drover.lab.prove.herd.Herd.Admin;
import dev.drover.lab.prove.ledger.Ledger;

/** Every auditor, one after the other, and what they have found so far. */
public final class Audits {
    /** Those that only look come first; the last of all uses tokens up. */
    private final List<Auditor> auditors = List.of(
            new AccountsAudit(),
            new MailsAudit(),
            new LiveSessionsAudit(),
            new RevokedSessionsAudit(),
            new ProfilesAudit(),
            new FlagsAudit(),
            new FilesAudit(),
            new AnnouncementsAudit(),
            new JobsAudit(),
            new EffectsAudit(),
            new TicksAudit(),
            new LimitsAudit(),
            new MessagesAudit(),
            new RepeatsAudit(),
            new ErasuresAudit(),
            new RefreshAudit());

    private final List<Findings> findings = new CopyOnWriteArrayList<>();
    private final List<Verdict.Failure> failures = new ArrayList<>();

    public void run(Ledger ledger, PublicApi api, Herd herd, Optional<String> admin, Duration settle)
            throws IOException, InterruptedException {
        Inquiry inquiry = new Inquiry(
                ledger,
                api,
                new Members(herd::members),
                admin,
                herd.admin().filter(Admin::mailbox).map(known -> herd.gateway()),
                new ConcurrentHashMap<>(),
                settle);
        for (Auditor auditor : auditors) {
            Findings found = new Findings(auditor.id(), auditor.invariant(), failures);
            findings.add(found);
            auditor.audit(inquiry, found);
        }
    }

    /** Of those invariants that had anything to be checked. */
    public List<Verdict.Line> lines() {
        return findings.stream()
                .map(Findings::line)
                .filter(line -> line.checked() > 0 || !line.holds())
                .toList();
    }

    public List<Verdict.Failure> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    public long lost() {
        return findings.stream().mapToLong(found -> found.line().lost()).sum();
    }

    public long duplicated() {
        return findings.stream().mapToLong(found -> found.line().duplicated()).sum();
    }

    public long late() {
        return findings.stream().mapToLong(found -> found.line().late()).sum();
    }
}
