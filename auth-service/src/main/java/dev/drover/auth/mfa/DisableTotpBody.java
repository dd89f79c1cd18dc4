package dev.drover.auth.mfa;

import java.util.List;

import jakarta.annotation.Nullable;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.Violation;

/** The body of {@code POST /auth/mfa/totp/disable}: the password, and one of the two others where there is a second factor. */
@RegisterForReflection
@Schema(name = "DisableTotp", requiredProperties = "password")
public record DisableTotpBody(
        @NotNull @Size(max = 1024) @Schema(format = "password")
        String password,

        @Size(max = 16) @Nullable String totp,
        @Size(max = 64) @Nullable String recoveryCode)
        implements JudgedBody {

    @Override
    public List<Violation> violations() {
        return totp != null && recoveryCode != null
                ? List.of(new Violation("/recoveryCode", "or totp, not both: each is good once"))
                : List.of();
    }

    @Override
    public String toString() {
        return "DisableTotpBody[***]";
    }
}
