package dev.drover.profile;

import io.quarkus.runtime.annotations.QuarkusMain;

import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.ServiceLauncher;

/** Profiles, preferences and handles. Starts with Redis only; keeps nothing itself. */
@QuarkusMain
public final class ProfileService {

    private ProfileService() {}

    public static void main(String... args) {
        ServiceLauncher.launch(contract(), args);
    }

    /** What it reads from its environment; the manifests are compared with it. */
    public static EnvironmentContract contract() {
        return EnvironmentContract.forEveryService().withTokenVerification();
    }
}
