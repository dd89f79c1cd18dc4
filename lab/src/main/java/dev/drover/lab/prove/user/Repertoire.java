package dev.drover.lab.prove.user;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What all users do, one thing after the other, drawn by weight. */
final class Repertoire {
    private final List<Activity> activities;
    private final int weights;

    private Repertoire(List<Activity> activities) {
        this.activities = List.copyOf(activities);
        this.weights = activities.stream().mapToInt(Activity::weight).sum();
    }

    /**
     * @param rooms   how many they speak in
     * @param workers whether anybody does the jobs they add
     * @param shared  has the account that all of them change
     */
    static Repertoire of(CrowdPlan plan, int rooms, boolean workers, User shared) throws InterruptedException {
        List<Activity> chosen = new ArrayList<>();
        if (plan.does(Sessions.WORK)) {
            chosen.addAll(
                    List.of(new Sessions.LogIn(), new Sessions.Refresh(), new Sessions.LogOut(), new Sessions.Show()));
        }
        if (plan.does(Profiles.WORK)) {
            chosen.addAll(List.of(new Profiles.Change(), new Profiles.Read()));
            if (shared.signUp()) {
                chosen.add(new Profiles.Count(new Commons(shared)));
            }
        }
        if (plan.does(Uploads.WORK)) {
            chosen.add(new Uploads());
        }
        if (plan.does(Submissions.WORK) && workers) {
            chosen.add(new Submissions());
        }
        if (plan.does(Publications.WORK)) {
            chosen.add(new Publications(rooms));
        }
        return new Repertoire(chosen);
    }

    boolean isEmpty() {
        return activities.isEmpty();
    }

    Activity drawn(SplittableRandom random) {
        int drawn = random.nextInt(weights);
        for (Activity activity : activities) {
            drawn -= activity.weight();
            if (drawn < 0) {
                return activity;
            }
        }
        throw new IllegalStateException("weights are positive");
    }
}
