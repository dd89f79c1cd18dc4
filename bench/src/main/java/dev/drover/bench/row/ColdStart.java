package dev.drover.bench.row;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Drover;
import dev.drover.bench.suite.Instance;
import dev.drover.bench.suite.Service;

/** From the start of a process to its first answers, with the recorded start the image has and without. */
public final class ColdStart implements Row {

    @Override
    public String id() {
        return "cold-start";
    }

    @Override
    public void measure(Plan plan, Report report) throws IOException {
        try (Drover drover = Drover.start(plan.home(), plan.data().resolve(id()))) {
            try (Instance first = drover.start(Service.AUTH)) {
                Account.signUp(first.base(), "bench");
            }
            measure(plan, report, drover, "JVM", List.of());
            List<String> recorded = drover.recordedStart(Service.AUTH);
            if (recorded.isEmpty()) {
                report.missing("cold start with an AOT cache", "this JVM has none");
            } else {
                measure(plan, report, drover, "JVM with an AOT cache", recorded);
            }
        }
    }

    private void measure(Plan plan, Report report, Drover drover, String how, List<String> flags) throws IOException {
        double[] answering = new double[plan.repetitions()];
        double[] ready = new double[plan.repetitions()];
        double[] memory = new double[plan.repetitions()];
        for (int i = 0; i < plan.repetitions(); i++) {
            try (Instance auth = drover.start(Service.AUTH, Map.of(), flags)) {
                URI keys = auth.base().resolve("/auth/.well-known/jwks.json");
                answering[i] = auth.awaitOk(keys);
                ready[i] = auth.awaitReady().secondsSinceStart();
                memory[i] = auth.residentMebibytes();
            }
        }
        report.table(
                        "Cold start",
                        "auth-service, from the start of the process. Ready means that it has done everything once that its first request would wait for.",
                        "how",
                        "first 200 s",
                        "ready s",
                        "resident MiB when ready",
                        "aim")
                .row(
                        how,
                        report.figure(id(), how, "first 200", "s", new Figures(answering)),
                        report.figure(id(), how, "ready", "s", new Figures(ready)),
                        report.figure(id(), how, "resident", "MiB", new Figures(memory)),
                        flags.isEmpty() ? "–" : "≤ 1 s");
    }
}
