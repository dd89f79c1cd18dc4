package dev.drover.lab.tour.client;

import java.net.URI;
import java.util.List;

/** The instances of the suite, wherever it runs, and how to kill one. */
public interface Fleet {

    List<Member> members();

    /** Without a warning. */
    void kill(String id);

    /** Who starts another one for it. */
    String keeper();

    default List<Member> ready(String service) {
        return members().stream()
                .filter(member -> member.service().equals(service) && member.isReady())
                .toList();
    }

    /** An instance that cannot remember what was said to the other one. */
    default Member another(String service, String than) {
        return ready(service).stream()
                .filter(member -> !member.id().equals(than))
                .findFirst()
                .orElseThrow(() -> new TourFailure(
                        "the fleet of " + service,
                        "a ready instance besides " + than + ": the tour needs two of each",
                        "none",
                        keeper()));
    }

    /** One instance, with the address at which it answers itself. */
    record Member(String id, String service, URI url, String state) {

        public boolean isReady() {
            return state.equals("ready");
        }
    }
}
