package dev.drover.auth.account;

import java.util.Optional;

import dev.drover.auth.password.Password;

/** What somebody who wants an account says. */
record SignUp(EmailAddress email, Password password, Optional<DisplayName> displayName) {}
