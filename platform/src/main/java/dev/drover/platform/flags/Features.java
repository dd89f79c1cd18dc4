package dev.drover.platform.flags;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.quarkus.runtime.ShutdownEvent;

/** Gives OpenFeature's client to whoever asks for one; not by the API's own singleton, which would be state of the whole process. */
@Singleton
final class Features {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();

    Features(Flags flags) {
        api.setProviderAndWait(new DroverFeatureProvider(flags));
    }

    @Produces
    @Singleton
    Client client() {
        return api.getClient();
    }

    void stop(@Observes ShutdownEvent event) {
        api.shutdown();
    }
}
