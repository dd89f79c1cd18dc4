package dev.drover.auth;

import io.quarkus.runtime.annotations.QuarkusMain;

import dev.drover.auth.admin.RoleGrants;
import dev.drover.auth.token.SigningKeys;
import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.ServiceLauncher;

/** Accounts, sessions and tokens. It holds none of them: they are in Redis, and the signing keys in a mounted folder. */
@QuarkusMain
public final class AuthService {

    private AuthService() {}

    public static void main(String... args) {
        ServiceLauncher.launch(contract(), args);
    }

    /** What it reads from its environment; the manifests are compared with it. */
    public static EnvironmentContract contract() {
        return EnvironmentContract.forEveryService().with(SigningKeys.folderVariable(), RoleGrants.bootstrapVariable());
    }
}
