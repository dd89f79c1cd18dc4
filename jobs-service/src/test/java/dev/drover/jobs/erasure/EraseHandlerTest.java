package dev.drover.jobs.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;
import org.junit.jupiter.api.Test;

import dev.drover.jobs.Queues;
import dev.drover.jobs.demo.AccountCounters;
import dev.drover.jobs.job.AccountJobs;
import dev.drover.jobs.job.JobStore;
import dev.drover.jobs.job.OwnedJobs;
import dev.drover.jobs.worker.GivenExecution;
import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.erasure.AccountTraces;
import dev.drover.platform.erasure.Erasure;
import dev.drover.platform.erasure.Erasures;
import dev.drover.platform.idempotency.Ids;
import dev.drover.platform.jobs.JobId;
import dev.drover.platform.jobs.JobQueue;
import dev.drover.platform.jobs.NewJob;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.medialedger.MediaKeys;
import dev.drover.platform.medialedger.MediaLedger;
import dev.drover.platform.medialedger.MediaPurpose;
import dev.drover.platform.medialedger.NewMedia;
import dev.drover.platform.medialedger.UploadTerms;
import dev.drover.platform.medialedger.VariantName;
import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.MultipartStore;
import dev.drover.platform.objectstore.ObjectStore;
import dev.drover.platform.objectstore.Sha256;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.testing.ObjectStoreFixture;
import dev.drover.testing.RedisFixture;

@QuarkusTest
@WithTestResource(value = RedisFixture.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = ObjectStoreFixture.class, scope = TestResourceScope.GLOBAL)
class EraseHandlerTest {

    private static final byte[] BYTES = {1, 2, 3};

    @Inject
    Erasures erasures;

    @Inject
    AccountTraces traces;

    @Inject
    MediaLedger ledger;

    @Inject
    ObjectStore objects;

    @Inject
    MultipartStore multipart;

    @Inject
    OwnedJobs owned;

    @Inject
    JobStore jobs;

    @Inject
    JobQueue queue;

    @Inject
    AccountJobs accountJobs;

    @Inject
    AccountCounters counters;

    @Inject
    RedisCalls redis;

    private final String account = "usr_" + unique();
    private final QueueName work = Queues.fresh();

    /** Attacks P-11. */
    @Test
    void whatThereIsOfAUserIsGoneAfterTheJobHoweverOftenItRuns() throws Exception {
        JobId job = addJob();
        MediaId file = addFile();
        addProfile();
        addRooms();
        redis.send(Command.HSET, "drover:{demo:" + account + "}:tally:mine", "effects", "1");
        redis.send(Command.ZADD, "drover:{demo:" + account + "}:names", "1", "mine");
        Erasure erasure = erasures.begin(account);

        assertThat(handler().handle(execution(erasure))).isInstanceOf(JobOutcome.Succeeded.class);

        assertThat(keysOf("{demo:" + account + "}")).containsExactly("drover:{demo:" + account + "}:erased");
        assertThat(keysOf("{rooms-of:" + account + "}")).isEmpty();
        assertThat(room("only-mine")).containsOnly(entry("#ended", ""));
        assertThat(redis.send(Command.EXISTS, "drover:{ch:" + roomName("only-mine") + "}:log")
                        .toInteger())
                .isZero();
        assertThat(room("ours")).containsOnly(entry("usr_another", "owner"), entry("#owners", "1"));
        assertThat(room("theirs")).containsOnly(entry("usr_another", "owner"), entry("#owners", "1"));
        assertThat(jobs.find(job)).isEmpty();
        assertThat(redis.send(Command.HGET, "drover:{q:" + work + "}:payloads", job.toString()))
                .isNull();
        assertThat(owned.list(account, Optional.empty(), 10)).isEmpty();
        assertThat(ledger.find(account, file)).isEmpty();
        assertThat(objects.open(MediaKeys.object(account, file, VariantName.ORIGINAL)))
                .isEmpty();
        for (String key : List.of("profile", "former-handles", "card", "erasure")) {
            assertThat(redis.send(Command.EXISTS, "drover:{" + account + "}:" + key)
                            .toInteger())
                    .as(key)
                    .isZero();
        }
        for (String handle : List.of("h" + account.substring(4, 20), "g" + account.substring(4, 20))) {
            assertThat(redis.send(Command.EXISTS, "drover:{handle:" + handle + "}:claim")
                            .toInteger())
                    .isZero();
            assertThat(redis.send(Command.ZSCORE, "drover:{handles}:index", handle + "!" + account + "!0000000001"))
                    .isNull();
        }
        Erasure over = erasures.find(erasure.id()).orElseThrow();
        assertThat(over.finishedAt()).isPresent();
        assertThat(over.account()).isEmpty();
        assertThat(handler().handle(execution(erasure))).as("again").isInstanceOf(JobOutcome.Succeeded.class);
    }

    @Test
    void withoutAWordOfAuthServiceItIsTriedAgainAndNothingElseIsTouched() throws Exception {
        redis.send(Command.HSET, "drover:{" + account + "}:account", "passwordHash", "x");
        addProfile();
        Erasure erasure = erasures.begin(account);

        assertThat(handler().handle(execution(erasure))).isInstanceOf(JobOutcome.Retry.class);

        assertThat(redis.send(Command.ZSCORE, "drover:{errands}:due", account)).isNotNull();
        assertThat(redis.send(Command.HGET, "drover:{" + account + "}:profile", "bio")
                        .toString())
                .isEqualTo("Counts.");
        redis.send(Command.DEL, "drover:{" + account + "}:account");
        redis.send(Command.HSET, "drover:{" + account + "}:closing", "ses_open", "erased");
        assertThat(handler().handle(execution(erasure)))
                .as("a session of it still counts")
                .isInstanceOf(JobOutcome.Retry.class);
        redis.send(Command.DEL, "drover:{" + account + "}:closing");
        assertThat(handler().handle(execution(erasure))).isInstanceOf(JobOutcome.Succeeded.class);
        redis.send(Command.ZREM, "drover:{errands}:due", account);
    }

    @Test
    void aHandleThatIsAnothersByNowStaysTheirs() throws Exception {
        addProfile();
        String handle = "h" + account.substring(4, 20);
        redis.send(Command.HSET, "drover:{handle:" + handle + "}:claim", "owner", "usr_another");
        handler().handle(execution(erasures.begin(account)));
        assertThat(redis.send(Command.HGET, "drover:{handle:" + handle + "}:claim", "owner")
                        .toString())
                .isEqualTo("usr_another");
        redis.send(Command.DEL, "drover:{handle:" + handle + "}:claim");
    }

    private EraseHandler handler() {
        ErasureConfig impatient = new SmallRyeConfigBuilder()
                .withMapping(ErasureConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "drover.jobs.erasure.account-within", "PT0.3S",
                                "drover.jobs.erasure.media-remembered", "PT0.001S"),
                        "test",
                        100))
                .build()
                .getConfigMapping(ErasureConfig.class);
        AccountFiles files = new AccountFiles(ledger, objects, multipart, impatient.mediaRemembered());
        return new EraseHandler(erasures, traces, files, accountJobs, counters, impatient);
    }

    private JobId addJob() {
        JobId id = new JobId(work, unique());
        owned.note(account, List.of(id));
        queue.enqueue(NewJob.now(id, "report.build", account, "{\"secret\":\"of mine\"}"));
        return id;
    }

    private MediaId addFile() throws Exception {
        MediaId id = MediaId.of(account, unique());
        ExactContent content = new ExactContent(BYTES.length, "text/plain", Sha256.of(BYTES));
        ledger.open(
                new NewMedia(id, account, "mine.txt", content, MediaPurpose.FILE),
                new UploadTerms(Duration.ofMinutes(5), 0, new UploadTerms.Quota(1_000, 10)));
        objects.put(MediaKeys.object(account, id, VariantName.ORIGINAL), BYTES, content);
        return id;
    }

    private void addRooms() {
        redis.send(Command.HSET, members("only-mine"), account, "owner", "usr_another", "member", "#owners", "1");
        redis.send(Command.XADD, "drover:{ch:" + roomName("only-mine") + "}:log", "1-0", "data", "\"said\"");
        redis.send(Command.HSET, members("ours"), account, "owner", "usr_another", "owner", "#owners", "2");
        redis.send(Command.HSET, members("theirs"), account, "member", "usr_another", "owner", "#owners", "1");
        for (String name : List.of("only-mine", "ours", "theirs", "never-entered")) {
            redis.send(Command.ZADD, "drover:{rooms-of:" + account + "}:names", "1", roomName(name));
        }
    }

    private String roomName(String name) {
        return "room:" + account.substring(4, 20) + "-" + name;
    }

    private String members(String name) {
        return "drover:{ch:" + roomName(name) + "}:members";
    }

    private Map<String, String> room(String name) {
        Response all = redis.send(Command.HGETALL, members(name));
        return all.getKeys().stream()
                .collect(Collectors.toMap(key -> key, key -> all.get(key).toString()));
    }

    private List<String> keysOf(String tag) {
        return Stream.of("names", "tally:mine", "ledger:mine", "erased")
                .map(part -> "drover:" + tag + ":" + part)
                .filter(key -> redis.send(Command.EXISTS, key).toInteger() == 1)
                .toList();
    }

    private void addProfile() {
        String handle = "h" + account.substring(4, 20);
        String former = "g" + account.substring(4, 20);
        redis.send(
                Command.HSET,
                "drover:{" + account + "}:profile",
                "version",
                "1",
                "handle",
                handle,
                "bio",
                "Counts.",
                "handleEpoch",
                "2");
        redis.send(Command.ZADD, "drover:{" + account + "}:former-handles", "1", former);
        for (String one : List.of(handle, former)) {
            redis.send(
                    Command.HSET,
                    "drover:{handle:" + one + "}:claim",
                    "owner",
                    account,
                    "epoch",
                    "1",
                    "claimedAt",
                    "1");
            redis.send(Command.ZADD, "drover:{handles}:index", "0", one + "!" + account + "!0000000001");
        }
    }

    private static String unique() {
        return Ids.derive(UUID.randomUUID().toString());
    }

    private static JobExecution execution(Erasure erasure) {
        return new GivenExecution("profile.erase", "{\"erasure\":\"" + erasure.id() + "\"}");
    }
}
