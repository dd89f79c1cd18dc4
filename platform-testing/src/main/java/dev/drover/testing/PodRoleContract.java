package dev.drover.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

/** A pod of a service with an object store that has a role and no keys, as by an annotation of its ServiceAccount. */
public abstract class PodRoleContract {

    /** Where nobody answers, instead of AWS. */
    private static final Map<String, String> NOBODY =
            Map.of("aws.endpointUrlSts", "http://127.0.0.1:1", "aws.region", "eu-central-1");

    @Test
    void theSdkFindsWhatTradesTheTokenOfTheServiceAccount(@TempDir Path folder) throws IOException {
        NOBODY.forEach(System::setProperty);
        try (WebIdentityTokenFileCredentialsProvider role = WebIdentityTokenFileCredentialsProvider.builder()
                .roleArn("arn:aws:iam::123456789012:role/drover")
                .roleSessionName("drover")
                .webIdentityTokenFile(Files.writeString(folder.resolve("token"), "token"))
                .build()) {
            assertThatThrownBy(role::resolveCredentials).hasStackTraceContaining("assumeRoleWithWebIdentity");
        } finally {
            NOBODY.keySet().forEach(System::clearProperty);
        }
    }
}
