package dev.drover.lab.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.mailbox.Mailbox;
import dev.drover.lab.operator.SuiteApi.Answer;
import dev.drover.stores.PrivateFile;

/**
 * The lab's own account, made through the public API like any other: it signs up, follows the link in its mail, and is the suite's first admin
 * because {@code BOOTSTRAP_ADMIN_EMAIL} names it. Its password is in a file of the lab's owner, so that the next run logs in with it.
 */
public final class OperatorAccount {
    public static final String EMAIL = "admin@drover.test";

    private static final String FILE = "admin.password";
    private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9_.-]+)");
    private static final Duration MAIL_WITHIN = Duration.ofSeconds(30);
    private static final Duration MAIL_LOOK = Duration.ofMillis(200);

    private final SuiteApi api;
    private final Mailbox mailbox;
    private final Path data;

    public OperatorAccount(SuiteApi api, Mailbox mailbox, Path data) {
        this.api = api;
        this.mailbox = mailbox;
        this.data = data;
    }

    /** Whether the suite makes this account an admin and its mails come here, for a lab with this environment. */
    public static boolean isBootstrapped(Map<String, String> given) {
        return given.getOrDefault("BOOTSTRAP_ADMIN_EMAIL", EMAIL).equals(EMAIL) && !given.containsKey("SMTP_HOST");
    }

    /** Logs in, after signing up when it is the first time. @return an access token, or nothing: then it is tried again later */
    Optional<String> logIn() throws IOException, InterruptedException {
        String password = password(data);
        Answer first = logIn(password);
        if (first.isGood() && isAdmin(first)) {
            return token(first);
        }
        if (first.isGood()) {
            // An earlier run ended before it could follow the link.
            api.post("/auth/verify-email/resend", token(first)).send();
        } else {
            Answer signUp = api.post("/auth/signup", Optional.empty())
                    .send(new JsonObject()
                            .put("email", EMAIL)
                            .put("password", password)
                            .put("displayName", "The lab"));
            if (!signUp.isGood()) {
                return Optional.empty();
            }
        }
        if (!confirmAddress()) {
            return Optional.empty();
        }
        // Roles are given at the log-in.
        Answer second = logIn(password);
        return second.isGood() && isAdmin(second) ? token(second) : Optional.empty();
    }

    private Answer logIn(String password) throws IOException, InterruptedException {
        return api.post("/auth/login", Optional.empty())
                .send(new JsonObject().put("email", EMAIL).put("password", password));
    }

    private boolean isAdmin(Answer logIn) throws IOException, InterruptedException {
        Answer me = api.get("/auth/me", token(logIn).orElse("")).send();
        return me.isGood() && me.body().getJsonArray("roles").contains("admin");
    }

    private boolean confirmAddress() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + MAIL_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> token = mailbox.to(EMAIL).stream()
                    .map(mail -> TOKEN.matcher(mail.text()))
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
            if (token.isPresent()) {
                return api.post("/auth/verify-email", Optional.empty())
                        .send(new JsonObject().put("token", token.get()))
                        .isGood();
            }
            Thread.sleep(MAIL_LOOK);
        }
        return false;
    }

    /** Made once per data folder. */
    public static String password(Path data) throws IOException {
        Path file = data.resolve("keys").resolve(FILE);
        if (!Files.isRegularFile(file)) {
            PrivateFile.write(file, UUID.randomUUID().toString());
        }
        return Files.readString(file).strip();
    }

    private static Optional<String> token(Answer logIn) {
        return Optional.ofNullable(logIn.body().getString("accessToken"));
    }
}
