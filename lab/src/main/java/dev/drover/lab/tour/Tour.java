package dev.drover.lab.tour;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.drover.lab.tour.step.KillBoth;
import dev.drover.lab.tour.step.LogOut;
import dev.drover.lab.tour.step.OpenSocket;
import dev.drover.lab.tour.step.ReadAndChangeProfile;
import dev.drover.lab.tour.step.SignUpAndLogIn;
import dev.drover.lab.tour.step.UploadPicture;

/** The six steps in order. Each one needs what the one before it brought, so the first failure ends the tour. */
final class Tour {

    private static final List<TourStep> STEPS = List.of(
            new SignUpAndLogIn(),
            new ReadAndChangeProfile(),
            new OpenSocket(),
            new UploadPicture(),
            new KillBoth(),
            new LogOut());

    private final Narration narration;

    Tour(Narration narration) {
        this.narration = narration;
    }

    /** True when every step did what it should. */
    boolean walk(Traveller traveller) {
        long begun = System.nanoTime();
        AtomicInteger number = new AtomicInteger();
        for (TourStep step : STEPS) {
            narration.heading(number.incrementAndGet(), step.title());
            try {
                step.walk(traveller);
            } catch (RuntimeException e) {
                narration.failed(e);
                narration.line("");
                narration.line(narration.bad("✗ step " + number + " of " + STEPS.size() + " failed: " + step.title())
                        + " (" + narration.checks() + " checks passed before it)");
                narration.line("  ./drover status shows the fleet, ./drover logs <service> what it said.");
                return false;
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        narration.line("");
        narration.line(narration.good(
                        "✓ all " + STEPS.size() + " steps, " + narration.checks() + " checks, " + Narration.shown(took))
                + ": two instances died on the way and nothing was lost.");
        return true;
    }
}
