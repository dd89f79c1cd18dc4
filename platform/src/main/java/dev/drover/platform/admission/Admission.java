package dev.drover.platform.admission;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * What has to be known before the answer to one request may leave. It lives and dies with the request.
 *
 * <p>Where the answer is held ({@link HeldUntilAdmitted}), whoever checks sends its question with {@link #hold} and lets the request go on;
 * everywhere else it waits for the answer itself.
 */
public final class Admission {

    private static final String KEY = Admission.class.getName();

    private final boolean held;
    private final boolean takesUnproven;
    private final boolean writes;
    private final AtomicBoolean isRequired = new AtomicBoolean();
    private final AtomicBoolean isCallerRefused = new AtomicBoolean();
    private final AtomicReference<Uni<Void>> identity =
            new AtomicReference<>(Uni.createFrom().voidItem());
    private final AtomicReference<Uni<Void>> verdict =
            new AtomicReference<>(Uni.createFrom().voidItem());

    private Admission(HeldUntilAdmitted terms) {
        this.held = terms != null;
        this.takesUnproven = held && terms.byCookie();
        this.writes = held && terms.writes();
    }

    /** The admission of this request, the same for everyone who asks once its resource is known. */
    public static Admission of(RoutingContext request) {
        Admission known = request.get(KEY);
        if (known != null) {
            return known;
        }
        ResteasyReactiveRequestContext matched = CurrentRequestManager.get();
        if (matched == null || matched.getTarget() == null || matched.unwrap(RoutingContext.class) != request) {
            // Not matched yet, or not a resource at all. Nothing is remembered, because that may change.
            return new Admission(null);
        }
        Admission decided = new Admission(terms(request, matched));
        request.put(KEY, decided);
        return decided;
    }

    /** Null where nothing is held: on a POST never, for its Idempotency-Key is the caller's and has to be known as that before all. */
    private static HeldUntilAdmitted terms(RoutingContext request, ResteasyReactiveRequestContext matched) {
        HeldUntilAdmitted terms =
                matched.getTarget().getLazyMethod().getMethod().getAnnotation(HeldUntilAdmitted.class);
        HttpMethod method = request.request().method();
        boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        boolean mayBegin = terms != null && (terms.writes() ? !method.equals(HttpMethod.POST) : reads);
        return mayBegin ? terms : null;
    }

    /** Whether the answer waits for verdicts. If not, a check must be over before the handler begins. */
    public boolean isHeld() {
        return held;
    }

    /**
     * Whether the handler may begin before the session has answered.
     *
     * @param isAccountProven by a signed token, or by a cookie the session has confirmed before; any other cookie only names the account
     */
    public boolean isHeldFor(boolean isAccountProven) {
        return held && (isAccountProven || takesUnproven);
    }

    /** Begins a check at once. If it fails, its failure is the answer; of several the first one named. */
    public void hold(Uni<?> check) {
        if (!held) {
            throw new IllegalStateException("the answer to this request is not held, so a check must be awaited");
        }
        Uni<?> begun = check.memoize().indefinitely();
        begun.subscribe().with(known -> {}, failure -> {
            // It is the answer when the verdict is asked for.
        });
        verdict.updateAndGet(before -> before.chain(() -> begun).replaceWithVoid());
    }

    /**
     * As {@link #hold}, for the check that says whether the caller is let in.
     *
     * @param isAccountProven if not, {@link #holdOnceProven} waits for it
     */
    public void holdForCaller(Uni<?> proof, boolean isAccountProven) {
        Uni<?> begun = proof.onFailure()
                .invoke(() -> isCallerRefused.set(true))
                .memoize()
                .indefinitely();
        if (!isAccountProven) {
            identity.set(begun.replaceWithVoid());
        }
        hold(begun);
    }

    /** Whether the handler had begun when it turned out that the caller is not let in. */
    public boolean isCallerRefused() {
        return isCallerRefused.get();
    }

    /**
     * As {@link #hold}, for a check that spends something of the caller's account, such as its rate limit. A signed token proves the account
     * by itself, so the check begins at once, and so does a cookie this instance has seen confirmed. One it has not only names the account,
     * and nobody may spend what is another's: the check begins when the session has confirmed it.
     */
    public void holdOnceProven(Uni<?> check) {
        hold(identity.get().chain(() -> check));
    }

    /** Waits until every check has passed; fails as the first that did not. Blocks, so it is for virtual threads. */
    public void require() {
        verdict().await().indefinitely();
        isRequired.set(true);
    }

    /** Whether the handler was to ask for the verdict before it changed something, and never did: a fault of ours. */
    boolean isIgnored() {
        return writes && !isRequired.get();
    }

    /** Fails as the first check that failed; empty when all have passed. */
    Uni<Void> verdict() {
        return verdict.get();
    }
}
