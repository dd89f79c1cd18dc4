package dev.drover.jobs.mail;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Sending mail. The server itself is Quarkus's mailer: {@code quarkus.mailer.*}, set from {@code SMTP_*}. */
@ConfigMapping(prefix = "drover.jobs.mail")
public interface MailConfig {

    /** The SMTP server; without one no mail is sent. */
    @WithDefault("${SMTP_HOST:}")
    Optional<String> host();

    /** Who mail is from: an address, or a name with the address in angle brackets; {@code noreply} at {@link #site}'s host if it is left out. */
    @WithDefault("${SMTP_FROM:}")
    Optional<String> from();

    /** What clients call the suite by. */
    @WithDefault("${PUBLIC_BASE_URL:}")
    Optional<URI> site();

    /** How long the server may take for one mail, connecting included. */
    @WithDefault("PT20S")
    Duration timeout();
}
