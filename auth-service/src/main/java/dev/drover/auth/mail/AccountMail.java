package dev.drover.auth.mail;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.LetterKey;

/**
 * What an account is written. Nothing its owner, or whoever signed up in their name, has typed stands in a letter but the address: a name
 * would be a way to send one's own text to strangers. A token stands behind a {@code #}, so that no server on the way logs it.
 */
@Singleton
public final class AccountMail {

    private final MailConfig config;

    AccountMail(MailConfig config) {
        this.config = config;
    }

    /** @param id 26 characters; the same id is the same letter */
    public OutgoingMail verification(MailToken token, String address, String id) {
        return mail(
                token.account(),
                id,
                address,
                "Confirm your e-mail address",
                """
                Somebody, probably you, signed up with this e-mail address. To confirm that it is yours, open

                %s

                within %s. If it was not you, do nothing.
                """.formatted(link(config.verifyUrl(), token), words(config.verificationLifetime())),
                config.verificationLifetime());
    }

    public OutgoingMail reset(MailToken token, String address, String id) {
        return mail(
                token.account(),
                id,
                address,
                "Choose a new password",
                """
                Somebody, probably you, wants to choose a new password for the account with this e-mail address. To do so, open

                %s

                within %s. It works once, and everybody who is logged in will have to log in again.
                If it was not you, do nothing: your password stays as it is.
                """.formatted(link(config.resetUrl(), token), words(config.resetLifetime())),
                config.resetLifetime());
    }

    public OutgoingMail passwordChanged(String account, String address, String id) {
        return mail(account, id, address, "Your password was changed", """
                The password of the account with this e-mail address was changed, and its other sessions were ended.
                If it was not you, choose a new password at once by "forgot password", and tell whoever runs this service.
                """, config.noticeLifetime());
    }

    public OutgoingMail secondFactorDisabled(String account, String address, String id) {
        return mail(
                account, id, address, "The second factor of your account was given up", """
                The account with this e-mail address asks for no code beside its password any more: its authenticator app and its
                recovery codes were given up, by somebody who showed the password and a code.
                If it was not you, choose a new password at once by "forgot password", set up the second factor again, and tell whoever
                runs this service.
                """, config.noticeLifetime());
    }

    public OutgoingMail secondFactorDisabledByAdmin(String account, String address, String id) {
        return mail(
                account, id, address, "The second factor of your account was given up", """
                The account with this e-mail address asks for no code beside its password any more: an administrator gave up its
                authenticator app and its recovery codes, as somebody, probably you, had asked for.
                If it was not you, choose a new password at once by "forgot password", set up the second factor again, and tell whoever
                runs this service.
                """, config.noticeLifetime());
    }

    public OutgoingMail recoveryCodesRenewed(String account, String address, String id) {
        return mail(account, id, address, "Your recovery codes were replaced", """
                New recovery codes were made for the account with this e-mail address, by somebody who showed a code of its authenticator
                app. The earlier ones do not count any more.
                If it was not you, choose a new password at once by "forgot password", and tell whoever runs this service.
                """, config.noticeLifetime());
    }

    /** @param network the only thing in it that comes from outside: digits, letters from a to f, points and colons */
    public OutgoingMail newDevice(String account, String address, String network, String id) {
        return mail(
                account,
                id,
                address,
                "New log-in to your account",
                """
                Somebody, probably you, logged in to the account with this e-mail address from a device or a network it was not
                used from before: %s. Where you are logged in is listed, and can be ended, at

                %s

                If it was not you, choose a new password at once by "forgot password": that ends every session.
                """.formatted(network, config.sessionsUrl()),
                config.noticeLifetime());
    }

    public Duration pause() {
        return config.pause();
    }

    private static OutgoingMail mail(
            String account, String id, String address, String subject, String text, Duration lifetime) {
        return new OutgoingMail(
                new LetterKey(account, id), new Letter(address, subject, text, Optional.empty()), lifetime);
    }

    private static String link(URI page, MailToken token) {
        return page + "#token=" + token.toWire();
    }

    /** In the largest unit that divides it. */
    private static String words(Duration duration) {
        if (duration.toMinutes() % 60 != 0 || duration.toHours() == 0) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toHours() == 1 ? "one hour" : duration.toHours() + " hours";
    }
}
