package dev.drover.lab.tour;

/** One thing the tour shows. It ends normally, or with a {@link dev.drover.lab.tour.client.TourFailure}. */
public interface TourStep {

    String title();

    void walk(Traveller traveller);
}
