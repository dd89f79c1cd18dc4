package dev.drover.lab.load;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.operator.SuiteApi;
import dev.drover.lab.operator.SuiteApi.Answer;

/** A few accounts, each made when it is needed first, and what they do: mostly read, sometimes write. */
final class People {
    private static final int PEOPLE = 8;
    private static final int UNAUTHORIZED = 401;
    private static final int PRECONDITION_FAILED = 412;

    private final SuiteApi api;
    private final AtomicReferenceArray<String> tokens = new AtomicReferenceArray<>(PEOPLE);
    private final ReentrantLock signingUp = new ReentrantLock();

    People(SuiteApi api) {
        this.api = api;
    }

    /** @return whether it was answered as it should be */
    boolean doSomething() throws InterruptedException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int who = random.nextInt(PEOPLE);
        try {
            Optional<String> token = token(who);
            if (token.isEmpty()) {
                return false;
            }
            Answer answer = act(random.nextInt(100), token.get());
            if (answer.status() == UNAUTHORIZED) {
                // Tokens run out; somebody else of the same account may have replaced it.
                tokens.compareAndSet(who, token.get(), null);
                return true;
            }
            return answer.isGood() || answer.status() == PRECONDITION_FAILED;
        } catch (IOException e) {
            return false;
        }
    }

    private Answer act(int dice, String token) throws IOException, InterruptedException {
        String word = UUID.randomUUID().toString();
        if (dice < 50) {
            return api.get("/profiles/me", token).send();
        }
        if (dice < 60) {
            return api.get("/auth/me", token).send();
        }
        if (dice < 65) {
            return api.get("/media?limit=5", token).send();
        }
        if (dice < 80) {
            return api.patch("/profiles/me", token)
                    .header("If-Match", "*")
                    .send("application/merge-patch+json", new JsonObject().put("bio", "Herds " + word));
        }
        if (dice < 95) {
            return api.post("/realtime/channels/public:load/messages", Optional.of(token))
                    .send(new JsonObject().put("data", new JsonObject().put("word", word)));
        }
        return api.post("/jobs", Optional.of(token))
                .send(new JsonObject()
                        .put("queue", "playground")
                        .put("type", "count")
                        .put("quiet", true)
                        .put("payload", new JsonObject().put("steps", 1).put("stepMillis", 100)));
    }

    private Optional<String> token(int who) throws IOException, InterruptedException {
        String known = tokens.get(who);
        if (known != null) {
            return Optional.of(known);
        }
        // One at a time: a password costs a core a quarter of a second.
        if (!signingUp.tryLock()) {
            return anyToken();
        }
        try {
            JsonObject credentials = new JsonObject()
                    .put("email", "load-" + UUID.randomUUID() + "@lab.example")
                    .put("password", UUID.randomUUID().toString());
            Answer signUp = api.post("/auth/signup", Optional.empty()).send(credentials);
            Answer logIn =
                    signUp.isGood() ? api.post("/auth/login", Optional.empty()).send(credentials) : signUp;
            Optional<String> token = Optional.ofNullable(logIn.body().getString("accessToken"));
            token.ifPresent(fresh -> tokens.set(who, fresh));
            return token;
        } finally {
            signingUp.unlock();
        }
    }

    private Optional<String> anyToken() {
        for (int who = 0; who < PEOPLE; who++) {
            String token = tokens.get(who);
            if (token != null) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }
}
