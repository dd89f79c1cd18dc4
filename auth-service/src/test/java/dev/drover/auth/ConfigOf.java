package dev.drover.auth;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import dev.drover.platform.config.bounds.ConfigBounds;

/** A config mapping as the service would see it, from given properties and nothing else. */
public final class ConfigOf {

    private ConfigOf() {}

    public static <T> T mapping(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withValidator(new ConfigBounds())
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(mapping);
    }
}
