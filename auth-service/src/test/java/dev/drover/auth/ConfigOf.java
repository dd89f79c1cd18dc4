package dev.drover.auth;

import java.util.Map;

import jakarta.validation.Validation;
import jakarta.validation.Validator;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;

/** A config mapping as the service would see it, from given properties and nothing else. */
public final class ConfigOf {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private ConfigOf() {}

    public static <T> T mapping(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                .addDefaultInterceptors()
                .build()
                .getConfigMapping(mapping);
    }
}
