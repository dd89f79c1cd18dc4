package dev.drover.jobs.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.drover.jobs.worker.GivenExecution;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.LetterKey;

class SendHandlerTest {

    private static final String MAIL = "{\"to\":\"ada@example.org\",\"subject\":\"Grüße\",\"text\":\"One\\nTwo\"}";

    private final SmtpServer server = new SmtpServer();
    private final Vertx vertx = Vertx.vertx();
    private final SmtpPostbox postbox = new SmtpPostbox(
            MailClient.create(vertx, new MailConfig("127.0.0.1", server.port()).setStarttls(StartTLSOptions.DISABLED)));

    private final HeldLetters letters = new HeldLetters();

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aMailIsHandedOverUnderAnIdMadeOfTheJobs() throws Exception {
        GivenExecution execution = new GivenExecution("mail.send", MAIL);
        assertThat(handler("Drover <noreply@example.com>").handle(execution)).isEqualTo(new JobOutcome.Succeeded(null));
        assertThat(server.mails()).singleElement().satisfies(mail -> assertThat(mail)
                .contains("To: ada@example.org")
                .contains("Message-ID: <" + execution.id() + "@example.com>")
                .contains("Auto-Submitted: auto-generated")
                .contains("One\nTwo"));
    }

    @Test
    void aRepeatHasTheSameMessageId() throws Exception {
        GivenExecution execution = new GivenExecution("mail.send", MAIL);
        handler("noreply@example.com").handle(execution);
        handler("noreply@example.com").handle(execution);
        assertThat(server.mails()).hasSize(2).allSatisfy(mail -> assertThat(mail)
                .contains("Message-ID: <" + execution.id() + "@example.com>"));
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 450 4.2.1 <ada@example.org> is busy, Retry",
        "RCPT, 550 5.1.1 <ada@example.org> is unknown, Failed",
        "MAIL, 535 5.7.8 log in first, Retry",
        "MAIL, 554 5.7.1 go away, Dead",
        "MAIL, 421 4.3.2 shutting down, Retry"
    })
    void theServersNoSaysWhatBecomesOfTheJobAndNoAddressIsRepeated(String command, String answer, String outcome)
            throws Exception {
        server.answer(command, answer);
        JobOutcome ended = handler("noreply@example.com").handle(new GivenExecution("mail.send", MAIL));
        assertThat(ended.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(ended.toString()).doesNotContain("ada");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsAskedAgainLater() throws Exception {
        server.close();
        assertThat(handler("noreply@example.com").handle(new GivenExecution("mail.send", MAIL)))
                .isInstanceOf(JobOutcome.Retry.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"to\":\"a@example.org\\r\\nBcc: b@example.org\",\"subject\":\"x\",\"text\":\"x\"}",
                "{\"to\":\"a@example.org, b@example.org\",\"subject\":\"x\",\"text\":\"x\"}",
                "{\"to\":\"a@example.org\",\"subject\":\"x\\nBcc: b@example.org\",\"text\":\"x\"}",
                "{\"to\":\"a@example.org\",\"subject\":\"x\\u0000\",\"text\":\"x\"}",
                "{\"to\":\"a@example.org\",\"subject\":\"x\"}",
                "{\"to\":7}",
                "[]",
                "{\"letter\":\"drover:{q:mail}:jobs\"}"
            })
    void whatIsNoMailOrWouldAddAHeaderIsNotSent(String payload) throws Exception {
        JobOutcome outcome = handler("noreply@example.com").handle(new GivenExecution("mail.send", payload));
        assertThat(outcome).isInstanceOf(JobOutcome.Dead.class);
        assertThat(outcome.toString()).doesNotContain("example.org");
        assertThat(server.mails()).isEmpty();
    }

    @Test
    void aLetterIsReadSentAndForgotten() throws Exception {
        LetterKey key = letters.hold(new Letter("ada@example.org", "Hello", "A link", Optional.of("<p>A link</p>")));
        GivenExecution execution = named(key);
        assertThat(handler("noreply@example.com").handle(execution)).isInstanceOf(JobOutcome.Succeeded.class);
        assertThat(server.mails()).singleElement().satisfies(mail -> assertThat(mail)
                .contains("To: ada@example.org")
                .contains("text/html"));
        assertThat(letters.find(key)).isEmpty();
        assertThat(handler("noreply@example.com").handle(execution)).isInstanceOf(JobOutcome.Succeeded.class);
        assertThat(server.mails()).as("a letter that is gone is not sent again").hasSize(1);
    }

    @Test
    void aLetterStaysUntilTheServerHasTakenIt() throws Exception {
        LetterKey key = letters.hold(new Letter("ada@example.org", "Hello", "A link", Optional.empty()));
        server.answer("RCPT", "451 later");
        assertThat(handler("noreply@example.com").handle(named(key))).isInstanceOf(JobOutcome.Retry.class);
        assertThat(letters.find(key)).isPresent();
    }

    @Test
    void aLetterThatCannotBeForgottenIsNotSentAgain() throws Exception {
        LetterKey key = letters.hold(new Letter("ada@example.org", "Hello", "A link", Optional.empty()));
        letters.discardFails();
        assertThat(handler("noreply@example.com").handle(named(key))).isInstanceOf(JobOutcome.Succeeded.class);
    }

    private static GivenExecution named(LetterKey key) {
        return new GivenExecution("mail.send", "{\"letter\":\"" + key + "\"}");
    }

    @Test
    void withoutASenderItIsNobodyAtTheSuitesHost() throws Exception {
        SendHandler handler = new SendHandler(postbox, config(Optional.of("127.0.0.1"), Optional.empty()), letters);
        assertThat(handler.handle(new GivenExecution("mail.send", MAIL))).isInstanceOf(JobOutcome.Succeeded.class);
        assertThat(server.mails()).singleElement().satisfies(mail -> assertThat(mail)
                .contains("From: noreply@drover.example"));
    }

    @Test
    void withoutAServerTheJobSaysWhatIsNotSet() throws Exception {
        SendHandler handler = new SendHandler(postbox, config(Optional.empty(), Optional.empty()), letters);
        assertThat(handler.handle(new GivenExecution("mail.send", MAIL)))
                .isEqualTo(new JobOutcome.Dead("mail cannot be sent: SMTP_HOST is not set"));
    }

    private SendHandler handler(String from) {
        return new SendHandler(postbox, config(Optional.of("127.0.0.1"), Optional.of(from)), letters);
    }

    private static dev.drover.jobs.mail.MailConfig config(Optional<String> host, Optional<String> from) {
        return new dev.drover.jobs.mail.MailConfig() {
            @Override
            public Optional<String> host() {
                return host;
            }

            @Override
            public Optional<String> from() {
                return from;
            }

            @Override
            public Optional<URI> site() {
                return Optional.of(URI.create("https://drover.example/"));
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(20);
            }
        };
    }
}
