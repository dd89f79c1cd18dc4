package dev.drover.media;

import io.quarkus.runtime.annotations.QuarkusMain;

import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.ServiceLauncher;
import dev.drover.platform.config.Variable;

/** Presigned uploads and downloads: the bytes go straight to the store, and only what was verified there counts. */
@QuarkusMain
public final class MediaService {

    private MediaService() {}

    public static void main(String... args) {
        ServiceLauncher.launch(contract(), args);
    }

    /** What it reads from its environment; the manifests are compared with it. */
    public static EnvironmentContract contract() {
        return EnvironmentContract.forEveryService()
                .withTokenVerification()
                .withObjectStore()
                .with(
                        Variable.matching("MEDIA_QUOTA_BYTES", "a number of bytes", "[1-9][0-9]{0,14}")
                                .optional(),
                        Variable.integer("MEDIA_QUOTA_FILES", 1, 1_000_000).optional());
    }
}
