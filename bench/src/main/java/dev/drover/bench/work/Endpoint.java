package dev.drover.bench.work;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import dev.drover.bench.load.HttpCall;
import dev.drover.bench.suite.Account;
import dev.drover.bench.suite.Service;

/** Requests that are measured one by one. Drover and the peer are sent the same, but for what the peer does not have. */
public enum Endpoint {
    ME("GET /auth/me by cookie", Service.AUTH, 4, (account, run) -> HttpCall.get("/auth/me")
            .with("Cookie: " + account.cookie())),
    PROFILE("GET /profiles/me by JWT", Service.PROFILE, 4, (account, run) -> HttpCall.get("/profiles/me")
            .bearer(account.token())),
    PRESIGN("POST /media/uploads", Service.MEDIA, 5, (account, run) -> HttpCall.json(
                    "POST", "/media/uploads", Bodies.UPLOAD)
            .bearer(account.token())),
    ENQUEUE("POST /jobs", Service.JOBS, 0, (account, run) -> HttpCall.json(
                    "POST", "/jobs", Bodies.job("bench-one-" + run))
            .bearer(account.token())),
    BULK("POST /jobs/bulk, 1,000 jobs", Service.JOBS, 3, (account, run) -> HttpCall.json(
                    "POST", "/jobs/bulk", Bodies.jobs("bench-bulk-" + run))
            .bearer(account.token())),
    CARD(
            "GET /profiles/{id}, the card",
            Service.PROFILE,
            0,
            (account, run) -> HttpCall.get("/profiles/" + account.id())),
    PROFILE_PUT("PUT /profiles/me", Service.PROFILE, 0, (account, run) -> HttpCall.json(
                    "PUT", "/profiles/me", "{\"displayName\":\"Bench\",\"bio\":\"" + HttpCall.NUMBER + "\"}")
            .with("If-Match: *")
            .bearer(account.token())),
    FLAGS("POST /ofrep/v1/evaluate/flags, 100 flags", Service.PROFILE, -1, (account, run) -> HttpCall.json(
                    "POST", "/ofrep/v1/evaluate/flags", Bodies.CONTEXT)
            .bearer(account.token()));

    public static final int CONNECTIONS = 32;
    private static final int BULK_CONNECTIONS = 4;

    private final String title;
    private final Service service;
    private final int target;
    private final BiFunction<Account, String, HttpCall> call;

    Endpoint(String title, Service service, int target, BiFunction<Account, String, HttpCall> call) {
        this.title = title;
        this.service = service;
        this.target = target;
        this.call = call;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String title() {
        return title;
    }

    public Service service() {
        return service;
    }

    /** How many times the peer's, per core, DESIGN asks for. */
    public Optional<Integer> target() {
        return target > 0 ? Optional.of(target) : Optional.empty();
    }

    /** A bulk is a thousand jobs, and those who send such a one are few. */
    public int connections() {
        return this == BULK ? BULK_CONNECTIONS : CONNECTIONS;
    }

    public boolean isAlsoThePeers() {
        return target >= 0;
    }

    /** How many ask in turn. A profile that all connections write at once would measure who comes first. */
    public int accounts() {
        return this == PROFILE_PUT ? 2 * CONNECTIONS : 1;
    }

    /** @param run names what is made, so that one measurement's things are not another's */
    public HttpCall call(Account account, String run) {
        return call.apply(account, run);
    }

    /** By as many as {@link #accounts} says, which are signed up for it, the given one among them. */
    public HttpCall call(Account account, URI auth, String run) throws IOException {
        if (accounts() == 1) {
            return call(account, run);
        }
        List<String> tokens = new ArrayList<>(List.of(account.token()));
        while (tokens.size() < accounts()) {
            tokens.add(Account.signUp(auth, "bench" + tokens.size()).token());
        }
        return call(account, run).bearers(tokens);
    }

    /** What is sent. */
    private static final class Bodies {

        static final String UPLOAD = Account.write(Map.of(
                "fileName", "herd.txt",
                "contentType", "text/plain",
                "sizeBytes", 16,
                "sha256", "0123456789abcdef".repeat(4),
                "purpose", "file"));
        static final String CONTEXT =
                "{\"context\":{\"targetingKey\":\"user-1\",\"plan\":\"free\",\"app\":\"1.10.0\"}}";

        private static final int BULK = 1_000;

        static String job(String queue) {
            return "{\"queue\":\"" + queue + "\",\"type\":\"bench.nothing\",\"payload\":{\"n\":1}}";
        }

        static String jobs(String queue) {
            return "{\"jobs\":[" + String.join(",", Collections.nCopies(BULK, job(queue))) + "]}";
        }
    }

    public static Optional<Endpoint> named(String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }
}
