package dev.drover.auth.mfa;

import java.util.Optional;

/** What somebody shows beside the password. */
public sealed interface Proof {

    /** Six digits of the app. */
    record Code(String digits) implements Proof {
        @Override
        public String toString() {
            return "***";
        }
    }

    record Recovery(RecoveryCode code) implements Proof {}

    /** The code counts when both are there. */
    static Optional<Proof> of(String totp, String recoveryCode) {
        if (totp != null) {
            return Optional.of(new Code(totp.strip()));
        }
        return Optional.ofNullable(recoveryCode).map(text -> new Recovery(RecoveryCode.presented(text)));
    }
}
