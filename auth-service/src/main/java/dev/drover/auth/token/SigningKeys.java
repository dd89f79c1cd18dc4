package dev.drover.auth.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import org.jboss.logging.Logger;

import dev.drover.platform.config.Variable;
import dev.drover.platform.stateless.ProcessLocal;
import dev.drover.platform.stateless.SoftCache;

/**
 * The keys at hand: a soft copy of the folder, at most {@code auth.token.keys-max-age} old while requests come. A folder that cannot be
 * read at that moment, such as one half written, leaves the keys as they are.
 */
@Singleton
public class SigningKeys {

    private static final Logger LOG = Logger.getLogger(SigningKeys.class);

    private final KeyFolder folder;
    private final Duration maxAge;
    private final Clock clock;

    @ProcessLocal(because = "lets one thread of this process read the folder; the others go on with what they have")
    private final ReentrantLock reading = new ReentrantLock();

    @SoftCache(maxEntries = 1, maxAge = "PT10S", because = "a copy of the mounted folder, which every instance has")
    private volatile Copy copy;

    @Inject
    SigningKeys(TokenConfig config, Clock clock) {
        this(new KeyFolder(config.keys()), config.keysMaxAge(), clock);
    }

    SigningKeys(KeyFolder folder, Duration maxAge, Clock clock) {
        this.folder = folder;
        this.maxAge = maxAge;
        this.clock = clock;
    }

    /** The variable that names the folder; the keys in it are read before anything starts. */
    public static Variable folderVariable() {
        return Variable.checked(
                "JWT_KEYS",
                "the path of a folder with current.pem, an EC P-256 private key in PKCS#8, and data.key, 32 bytes in"
                        + " base 64; previous.pem and standby.pem, where there, EC P-256 keys too",
                KeyFolder::isUsable);
    }

    /** Reads the keys before the first request does. */
    void start(@Observes StartupEvent event) {
        try {
            current();
        } catch (KeyFolder.KeyUnreadableException e) {
            throw new ConfigurationException("JWT_KEYS: " + e.getMessage());
        }
    }

    /** The keys, read again when their age is up. One thread reads, the others go on with what they have. Reads files: not on an event loop. */
    KeyRing current() {
        Copy known = copy;
        if (known != null && clock.instant().isBefore(known.readAt().plus(maxAge))) {
            return known.keys();
        }
        if (known == null) {
            reading.lock();
        } else if (!reading.tryLock()) {
            return known.keys();
        }
        try {
            return copy == known ? read(known) : copy.keys();
        } finally {
            reading.unlock();
        }
    }

    /** The id of the key that signs at this moment. Reads files: not on an event loop. */
    public String signingId() {
        return current().signing().id();
    }

    /** The keys in memory whatever their age, for event loops. */
    KeyRing inMemory() {
        Copy known = copy;
        return known == null ? current() : known.keys();
    }

    /** Whether it is time for {@link #current} to look at the folder. */
    boolean isStale() {
        Copy known = copy;
        return known == null || !clock.instant().isBefore(known.readAt().plus(maxAge));
    }

    private KeyRing read(Copy known) {
        Instant now = clock.instant();
        try {
            KeyRing keys = folder.read();
            if (known != null
                    && !known.keys().signing().id().equals(keys.signing().id())) {
                LOG.infof(
                        "signing key changed from %s to %s",
                        known.keys().signing().id(), keys.signing().id());
            }
            copy = new Copy(keys, now);
            return keys;
        } catch (KeyFolder.KeyUnreadableException e) {
            if (known == null) {
                throw e;
            }
            LOG.warnf("keys stay as they are: %s", e.getMessage());
            copy = new Copy(known.keys(), now);
            return known.keys();
        }
    }

    private record Copy(KeyRing keys, Instant readAt) {}
}
