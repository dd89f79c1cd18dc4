package dev.drover.auth.mail;

import java.net.URI;
import java.time.Duration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import dev.drover.platform.config.bounds.DurationMax;
import dev.drover.platform.config.bounds.DurationMin;

/** What auth-service mails. */
@RegisterForReflection
@ConfigMapping(prefix = "auth.mail")
public interface MailConfig {

    /** The page that takes {@code #token=} and posts it to {@code /auth/verify-email}. */
    @WithDefault("${PUBLIC_BASE_URL}/auth/pages/verify-email")
    URI verifyUrl();

    /** The page that takes {@code #token=}, asks for a password and posts both to {@code /auth/password/reset}. */
    @WithDefault("${PUBLIC_BASE_URL}/auth/pages/reset-password")
    URI resetUrl();

    /** The page that lists where one is logged in, for the letter that tells of a log-in from elsewhere. */
    @WithDefault("${PUBLIC_BASE_URL}/auth/pages/sessions")
    URI sessionsUrl();

    /** How long the link in a verification counts. */
    @DurationMin(minutes = 5)
    @DurationMax(days = 30)
    @WithDefault("PT24H")
    Duration verificationLifetime();

    /** How long the link in a reset counts. */
    @DurationMin(minutes = 1)
    @DurationMax(hours = 24)
    @WithDefault("PT30M")
    Duration resetLifetime();

    /** How long a notice waits to be sent before it is of no use any more. */
    @DurationMin(minutes = 5)
    @DurationMax(days = 30)
    @WithDefault("P3D")
    Duration noticeLifetime();

    /** Between two mails of one kind to one account: nobody's letter-box is filled by asking again and again. */
    @DurationMin(millis = 1)
    @DurationMax(hours = 1)
    @WithDefault("PT1M")
    Duration pause();
}
