package dev.drover.lab.tour;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.drover.lab.prove.herd.KubernetesHerd;
import dev.drover.lab.tour.client.Fleet;
import dev.drover.lab.tour.client.HttpApi;
import dev.drover.lab.tour.client.Patience;
import dev.drover.lab.tour.client.TourFailure;

/** The pods of a namespace, each reached through a forwarded port. */
final class HerdFleet implements Fleet {

    private static final Duration DEAD_WITHIN = Duration.ofSeconds(20);

    private final KubernetesHerd herd;

    HerdFleet(KubernetesHerd herd) {
        this.herd = herd;
    }

    @Override
    public List<Member> members() {
        return asked(() -> herd.members().stream()
                .map(pod -> new Member(pod.id(), pod.service(), pod.url(), "ready"))
                .toList());
    }

    /** Returns once it is dead: the cluster forgets a pod a moment before its node has killed it. */
    @Override
    public void kill(String id) {
        Optional<URI> address = members().stream()
                .filter(pod -> pod.id().equals(id))
                .map(Member::url)
                .findFirst();
        asked(() -> {
            herd.kill(id);
            return id;
        });
        address.ifPresent(url -> Patience.until(DEAD_WITHIN, () -> !answers(url)));
    }

    private static boolean answers(URI url) {
        try {
            HttpApi.at(url).get("/");
            return true;
        } catch (TourFailure e) {
            return false;
        }
    }

    @Override
    public String keeper() {
        return "the cluster";
    }

    private interface Question<T> {
        T ask() throws IOException, InterruptedException;
    }

    private <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new TourFailure("the pods", "an answer of kubectl", e.getMessage(), keeper());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TourFailure("the pods", "an answer of kubectl", "interrupted", keeper());
        }
    }
}
