package dev.drover.lab.prove.audit;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import dev.drover.lab.prove.client.Call;
import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.client.Reply;
import dev.drover.lab.prove.herd.Member;
import dev.drover.lab.prove.ledger.Ledger;

/**
 * What an audit has in hand.
 *
 * @param members the instances that are ready
 * @param admin   a token of somebody with the role admin
 * @param mailbox where the mails the suite has sent can be read, if anywhere
 * @param tokens  what the first of its log-ins gave, by account: an account has not many
 * @param settle  how long what was accepted has to be carried out
 */
record Inquiry(
        Ledger ledger,
        PublicApi api,
        Members members,
        Optional<String> admin,
        Optional<URI> mailbox,
        Map<String, String> tokens,
        Duration settle) {
    private static final int AT_ONCE = 6;
    /** A machine that is busy with the instances it had to start may keep the suite from answering for a while, which loses nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    List<Member> of(String service) {
        return members.of(service);
    }

    /** All of a service take turns. */
    Optional<Member> one(String service, long number) {
        List<Member> all = of(service);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get((int) (number % all.size())));
    }

    Reply ask(Member member, Call call) throws InterruptedException {
        return api.ask(members.addressOf(member), call, PATIENCE);
    }

    Reply askAt(URI address, Call call) throws InterruptedException {
        return api.ask(() -> address, call, PATIENCE);
    }

    Reply fetch(String url) throws InterruptedException {
        return api.fetch(url, PATIENCE);
    }

    interface Question<T> {
        void about(T item) throws InterruptedException;
    }

    /** Some at once, in no order; returns when all are answered. Interrupted, it asks nothing more. */
    <T> void each(Collection<T> items, Question<T> question) throws InterruptedException {
        Semaphore atOnce = new Semaphore(AT_ONCE);
        List<Thread> asked = new ArrayList<>();
        try {
            for (T item : items) {
                atOnce.acquire();
                asked.add(Thread.ofVirtual().start(() -> {
                    try {
                        question.about(item);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        atOnce.release();
                    }
                }));
            }
            for (Thread thread : asked) {
                thread.join();
            }
        } catch (InterruptedException e) {
            asked.forEach(Thread::interrupt);
            throw e;
        }
    }
}
