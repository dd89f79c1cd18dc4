package dev.drover.lab.tour;

import java.io.IOException;
import java.util.List;

import dev.drover.lab.prove.herd.KubernetesHerd;
import dev.drover.lab.tour.client.Fleet;
import dev.drover.lab.tour.client.TourFailure;

/** The pods of a namespace, each reached through a forwarded port. */
final class HerdFleet implements Fleet {

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

    @Override
    public void kill(String id) {
        asked(() -> {
            herd.kill(id);
            return id;
        });
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
