package dev.drover.bench.row;

import java.io.IOException;

import dev.drover.bench.report.Report;

/** Something that is measured by itself: it starts what it needs, and stops it. */
public interface Row {

    /** As {@code --rows} takes it. */
    String id();

    void measure(Plan plan, Report report) throws IOException, InterruptedException;
}
