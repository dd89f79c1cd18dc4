package dev.drover.stores;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import dev.drover.stores.process.ChildProcess;
import dev.drover.stores.process.FreePort;

/**
 * A real S3 (S3Proxy) as a local process on the loopback interface, with one bucket. It checks signatures, expiry, lengths and
 * checksums as a cloud store does. Its credentials are made once per folder and stand in a file only its owner can read.
 */
public final class EmbeddedObjectStore extends EmbeddedStore {

    public static final String REGION = "us-east-1";
    public static final String BUCKET = "drover";

    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final String ACCESS_KEY_ID = "s3proxy.identity";
    private static final String SECRET_ACCESS_KEY = "s3proxy.credential";

    private final Path folder;
    private final Properties settings;

    private EmbeddedObjectStore(Path folder, int port, Properties settings) {
        super(port);
        this.folder = folder;
        this.settings = settings;
    }

    /**
     * Starts it with its objects, settings and log in {@code folder}.
     *
     * @param port          0 for a free one
     * @param allowedOrigin the origin whose pages may upload and download (CORS)
     * @throws IOException when it does not answer, with its last words
     */
    public static EmbeddedObjectStore start(Path folder, int port, String allowedOrigin) throws IOException {
        // Not readable by others, or S3Proxy would take the bucket for a public one.
        Files.createDirectories(
                folder.resolve("objects").resolve(BUCKET),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ExtendedAttributes.require(folder);
        int chosen = port == 0 ? FreePort.find() : port;
        EmbeddedObjectStore store = new EmbeddedObjectStore(folder, chosen, settings(folder, chosen, allowedOrigin));
        store.launch();
        return store;
    }

    private static Properties settings(Path folder, int port, String allowedOrigin) throws IOException {
        Path file = folder.resolve("s3proxy.conf");
        Properties settings = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            }
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            settings.setProperty(ACCESS_KEY_ID, "local-" + random(6));
            settings.setProperty(SECRET_ACCESS_KEY, random(30));
        }
        settings.setProperty("s3proxy.endpoint", "http://127.0.0.1:" + port);
        settings.setProperty("s3proxy.authorization", "aws-v4");
        settings.setProperty("s3proxy.cors-allow-origins", allowedOrigin);
        settings.setProperty("s3proxy.cors-allow-methods", "GET HEAD PUT");
        settings.setProperty(
                "s3proxy.cors-allow-headers", "content-type x-amz-checksum-sha256 x-amz-sdk-checksum-algorithm");
        settings.setProperty("s3proxy.cors-exposed-headers", "ETag");
        settings.setProperty("jclouds.provider", "filesystem-nio2");
        settings.setProperty(
                "jclouds.filesystem.basedir",
                folder.resolve("objects").toAbsolutePath().toString());
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        return settings;
    }

    private static String random(int bytes) {
        byte[] secret = new byte[bytes];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    @Override
    ChildProcess startProcess() throws IOException {
        Path logback = folder.resolve("logback.xml");
        try (var bundled = EmbeddedObjectStore.class.getResourceAsStream("s3proxy-logback.xml")) {
            Files.write(logback, bundled.readAllBytes());
        }
        return ChildProcess.start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + logback.toAbsolutePath(),
                        "-cp",
                        classPath() + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        folder.resolve("s3proxy.conf").toAbsolutePath().toString()),
                Map.of(),
                folder.resolve("s3proxy.log"));
    }

    @Override
    void awaitAnswer(ChildProcess started) throws IOException {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            Readiness.await("S3Proxy", started, START_WITHIN, () -> answers(http));
        }
    }

    /** {@code drover.home} or {@code DROVER_HOME} is the repository; the build gathers S3Proxy's jars there. */
    private static Path classPath() throws IOException {
        String home = System.getProperty("drover.home", System.getenv().getOrDefault("DROVER_HOME", ""));
        Path jars = Path.of(home, "embedded-stores", "s3proxy", "target", "lib");
        if (!Files.isDirectory(jars)) {
            throw new IOException("S3Proxy's jars are not in " + jars + ": run ./drover build");
        }
        return jars;
    }

    private boolean answers(HttpClient http) {
        HttpRequest request = HttpRequest.newBuilder(endpoint())
                .timeout(Duration.ofSeconds(2))
                .GET()
                .build();
        try {
            // Whoever refuses an unsigned request is up.
            return http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                            .statusCode()
                    == 403;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public String accessKeyId() {
        return settings.getProperty(ACCESS_KEY_ID);
    }

    public String secretAccessKey() {
        return settings.getProperty(SECRET_ACCESS_KEY);
    }
}
