package dev.drover.bench.row;

import dev.drover.bench.report.Figures;
import dev.drover.bench.report.Report;
import dev.drover.bench.suite.Service;

/** The memory of a service, as every row leaves it. */
final class Memory {

    private Memory() {}

    static void row(Plan plan, Report report, Service service, double idle, double loaded, String load) {
        report.figure("memory of " + service.label(), "idle", load, "MiB", new Figures(idle));
        report.figure("memory of " + service.label(), "loaded", load, "MiB", new Figures(loaded));
        report.table(
                        "Memory",
                        "Resident, in MiB: once it is ready, and after the load. The heap is what the pod would have.",
                        "service",
                        "heap at most",
                        "idle",
                        "loaded",
                        "by")
                .row(
                        service.label(),
                        service.heapMebibytes(plan.home()),
                        Figures.shown(idle),
                        Figures.shown(loaded),
                        "`" + load + "`");
    }
}
