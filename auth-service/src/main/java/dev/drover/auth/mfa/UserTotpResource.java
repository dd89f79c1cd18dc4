package dev.drover.auth.mfa;

import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.common.annotation.RunOnVirtualThread;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.drover.auth.AuthError;
import dev.drover.auth.account.Account;
import dev.drover.auth.account.AccountId;
import dev.drover.auth.account.Accounts;
import dev.drover.platform.identity.CurrentCaller;
import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.PlatformError;
import dev.drover.platform.problem.Problems;
import dev.drover.platform.problem.ServiceException;

/** {@code /auth/users/{id}/totp}: for whoever has lost the app and the recovery codes. */
@Path("/auth/users/{id}/totp")
@Tag(name = "users")
@RolesAllowed(Roles.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UserTotpResource {

    private final SecondFactor factor;
    private final Accounts accounts;
    private final CurrentCaller caller;

    UserTotpResource(SecondFactor factor, Accounts accounts, CurrentCaller caller) {
        this.factor = factor;
        this.accounts = accounts;
        this.caller = caller;
    }

    @POST
    @Path("/disable")
    @Operation(
            operationId = "disableUserTotp",
            summary = "Give up the second factor of an account",
            description =
                    "For whoever has lost the app and the recovery codes, once it is certain who asks. Log-ins take the password "
                            + "alone until another is set up; sessions stay; a mail tells the owner.")
    @APIResponse(responseCode = "204", description = "There is no second factor, or was none")
    @Problems({"not_found", "own_account"})
    public void disable(@PathParam("id") String id) {
        String admin = caller.get().sub();
        if (id.equals(admin)) {
            throw new ServiceException(AuthError.OWN_ACCOUNT, "Ask another admin.");
        }
        factor.disable(account(id).orElseThrow(UserTotpResource::notFound), admin);
    }

    private Optional<Account> account(String id) {
        try {
            return accounts.find(new AccountId(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ServiceException notFound() {
        return new ServiceException(PlatformError.NOT_FOUND, "There is no such account.");
    }
}
