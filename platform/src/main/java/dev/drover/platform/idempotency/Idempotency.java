package dev.drover.platform.idempotency;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.quarkus.arc.All;

import dev.drover.platform.idempotency.IdempotencyMeters.Outcome;
import dev.drover.platform.redis.StoreUnavailableException;

/** Decides whether a request with a key is run, and remembers how it was answered (docs/idempotency.md). */
@Singleton
final class Idempotency {

    private static final byte[] NO_PEPPER = {};

    private final IdempotencyStore store;
    private final IdempotencyMeters meters;
    private final IdempotencyConfig config;
    private final Ids ids;
    private final Instance<IdempotencyPepper> pepper;
    private final List<ReplayCheck> checks;

    Idempotency(
            IdempotencyStore store,
            IdempotencyMeters meters,
            IdempotencyConfig config,
            Ids ids,
            Instance<IdempotencyPepper> pepper,
            @All List<ReplayCheck> checks) {
        this.store = store;
        this.meters = meters;
        this.config = config;
        this.ids = ids;
        this.pepper = pepper;
        this.checks = checks;
    }

    /** Blocks. Without the store there is no telling, so the request is not run. */
    Passage begin(Intention intention, RequestForm request) {
        RecordSeal seal = seal(intention, request);
        String run = ids.random();
        try {
            ClaimResult claim = store.begin(seal, run, config.lease(), Optional.empty());
            if (claim instanceof ClaimResult.Recorded recorded) {
                Optional<Answer> answer = standing(intention, seal, recorded);
                if (answer.isPresent()) {
                    meters.count(Outcome.REPLAYED);
                    return new Passage.Replay(answer.get());
                }
                claim = store.begin(seal, run, config.lease(), Optional.of(recorded.run()));
            }
            return passage(claim, seal, run);
        } catch (StoreUnavailableException e) {
            meters.count(Outcome.STORE_FAILED);
            // The claim may have been made although nobody said so.
            store.abandon(seal, run).subscribe().with(freed -> {}, failure -> {});
            throw e;
        }
    }

    /**
     * For a caller whose session has ended: the answer it was given in that very session, and no other. Nothing is claimed or run. Blocks.
     */
    Passage recall(Intention intention, RequestForm request, String session) {
        RecordSeal seal = seal(intention, request);
        return switch (store.look(seal)) {
            case ClaimResult.Recorded recorded -> {
                Optional<Answer> own = standing(intention, seal, recorded)
                        .filter(answer -> answer.session().equals(session));
                own.ifPresent(answer -> meters.count(Outcome.REPLAYED));
                yield own.<Passage>map(Passage.Replay::new).orElseGet(Passage.Unknown::new);
            }
            case ClaimResult.Running running -> running();
            case ClaimResult.Begun begun -> throw new IllegalStateException("a look claims nothing");
            // That the key is known for another request is nothing to tell somebody who is not let in.
            case ClaimResult.Differs differs -> new Passage.Unknown();
            case ClaimResult.Free free -> new Passage.Unknown();
        };
    }

    private RecordSeal seal(Intention intention, RequestForm request) {
        return RecordSeal.of(
                intention, request, pepper.isResolvable() ? pepper.get().value() : NO_PEPPER);
    }

    private Passage passage(ClaimResult claim, RecordSeal seal, String run) {
        return switch (claim) {
            case ClaimResult.Begun begun -> new Passage.Run(new ActiveRun(store, meters, config, seal, run));
            case ClaimResult.Differs differs -> {
                meters.count(Outcome.MISMATCH);
                yield new Passage.Differs();
            }
            // An answer that no longer held was replaced by another repeat a moment ago.
            case ClaimResult.Recorded replaced -> running();
            case ClaimResult.Running running -> running();
            case ClaimResult.Free free -> throw new IllegalStateException("a free intention is begun");
        };
    }

    private Passage running() {
        meters.count(Outcome.RUNNING);
        return new Passage.Running();
    }

    /** The recorded answer, if it can be read and still holds. */
    private Optional<Answer> standing(Intention intention, RecordSeal seal, ClaimResult.Recorded recorded) {
        return seal.decrypt(recorded.answer()).flatMap(Answer::fromBytes).filter(answer -> {
            RecordedAnswer shown = new RecordedAnswer(
                    intention.caller(), intention.route(), answer.status(), answer.body(), recorded.age());
            return checks.stream().allMatch(check -> check.stillHolds(shown));
        });
    }
}
