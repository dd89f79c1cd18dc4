package dev.drover.platform.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.drover.platform.stateless.ProcessLocal;

/** The name of this instance, {@code INSTANCE_ID} or the host's name. It is shown, and never decides anything. */
public record InstanceId(String value) {

    @Override
    public String toString() {
        return value;
    }

    static final class Producer {

        @Produces
        @Singleton
        InstanceId instanceId(@ConfigProperty(name = "INSTANCE_ID") Optional<String> configured) {
            return new InstanceId(configured.filter(id -> !id.isBlank()).orElseGet(Producer::hostName));
        }

        @ProcessLocal(because = "the name is shown in logs and X-Served-By, and decides nothing")
        private static String hostName() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "unnamed";
            }
        }
    }
}
