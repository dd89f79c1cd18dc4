package dev.drover.profile.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.profile.handles.HandleIndex;

/** Looks for profiles by the first characters of their handle. What the index says counts only if the profile says the same. */
@Singleton
final class ProfileSearch {

    /** Entries that no profile shows make a page shorter, not a request longer than this. */
    private static final int ROUNDS_MAX = 4;

    private final HandleIndex index;
    private final ProfileStore store;

    ProfileSearch(HandleIndex index, ProfileStore store) {
        this.index = index;
        this.store = store;
    }

    /** @param next where to go on; empty at the end. A page may be shorter than asked for, even empty, and not be the last */
    record Page(List<Profile> profiles, Optional<HandleIndex.Entry> next) {}

    Page find(String prefix, Optional<HandleIndex.Entry> after, int max) {
        List<Profile> found = new ArrayList<>();
        Optional<HandleIndex.Entry> last = after;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int wanted = max - found.size();
            List<HandleIndex.Entry> entries = index.entries(prefix, last, wanted + 1);
            List<HandleIndex.Entry> page = entries.size() > wanted ? entries.subList(0, wanted) : entries;
            found.addAll(shown(page));
            if (entries.size() <= wanted) {
                return new Page(found, Optional.empty());
            }
            last = Optional.of(page.getLast());
            if (found.size() == max) {
                break;
            }
        }
        return new Page(found, last);
    }

    private List<Profile> shown(List<HandleIndex.Entry> entries) {
        List<ProfileStore.Found> profiles =
                store.findAll(entries.stream().map(HandleIndex.Entry::owner).toList());
        List<Profile> shown = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (profiles.get(i) instanceof ProfileStore.Found.Written(Profile profile)
                    && profile.content().handle().equals(entries.get(i).handle())
                    && !shown.contains(profile)) {
                shown.add(profile);
            }
        }
        return shown;
    }
}
