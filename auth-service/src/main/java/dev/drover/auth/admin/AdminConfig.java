package dev.drover.auth.admin;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who is an admin before there is one to make others. */
@ConfigMapping(prefix = "auth.admin")
public interface AdminConfig {

    /** The account with this address is an admin once the address is verified; nobody when it is not set. */
    @WithDefault("${BOOTSTRAP_ADMIN_EMAIL:}")
    Optional<String> bootstrapEmail();
}
