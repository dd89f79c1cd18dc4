package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./drover kind} in a repository that looks built, with programs that write down what they are told. */
class KindCommandTest {

    private static final List<String> IMAGES = List.of(
            "auth-service",
            "profile-service",
            "media-service",
            "jobs-service",
            "realtime-service",
            "object-store",
            "lab");

    private static final int ENDS_WITHIN_SECONDS = 120;

    @TempDir
    private Path home;

    @BeforeEach
    void aRepositoryThatIsBuiltAndTheProgramsItNeeds() throws IOException {
        Files.copy(Repository.HOME.resolve("drover"), home.resolve("drover"), StandardCopyOption.COPY_ATTRIBUTES);
        copy("deploy/commands.sh");
        copy("deploy/e2e.sh");
        copy("deploy/overlays/kind/namespace.yaml");
        for (String image : IMAGES) {
            file(home.resolve(image + "/target/quarkus-app/quarkus-run.jar"));
        }
        file(home.resolve("lab/target/quarkus-app/quarkus-run.jar"));
        Files.setLastModifiedTime(
                file(home.resolve("target/.built")), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
        program("docker", "");
        program("kind", "[ \"$1 $2\" != 'get clusters' ] || cat \"$here/clusters\" 2>/dev/null");
        program("kubectl", """
                case "$*" in
                  *"get secret drover-redis"*) [ -f "$here/secrets" ] ;;
                  *"dry-run=client -o json"*) echo '{"metadata":{"name": "drover"}}' ;;
                  *"create secret generic drover-redis "*) touch "$here/secrets" ;;
                  *"-f -"*) cat >/dev/null ;;
                esac
                """);
    }

    @Test
    void itBuildsLoadsMakesTheSecretsAppliesAndWaits() throws IOException, InterruptedException {
        String output = kind();

        assertThat(output).contains("http://localhost:8080");
        List<String> told = told();
        for (String image : IMAGES) {
            assertThat(told)
                    .anyMatch(line -> line.startsWith("docker build") && line.contains("-t drover/" + image + ":dev"))
                    .contains("kind load docker-image --name drover drover/" + image + ":dev");
        }
        assertThat(told)
                .anyMatch(line -> line.startsWith("kind create cluster --name drover --config"))
                .contains("kubectl config use-context kind-drover");
        for (String secret : List.of(
                "drover-redis-server",
                "drover-object-store-server",
                "drover-object-store",
                "drover-signing-keys",
                "drover-jobs",
                "drover-lab",
                "drover-redis")) {
            assertThat(told).anyMatch(line -> (line + " ").contains("create secret generic " + secret + " "));
        }
        int applied = indexOf(told, "kubectl apply -k");
        assertThat(applied).isGreaterThan(indexOf(told, "create secret generic drover-redis "));
        assertThat(indexOf(told, "rollout status deployment")).isGreaterThan(applied);
        assertThat(Files.readString(home.resolve("deploy/target/applied/kustomization.yaml")))
                .contains("../../overlays/kind", "../../components/small", "newName: drover/auth-service");
    }

    @Test
    void aSecondTimeTheClusterAndItsSecretsStay() throws IOException, InterruptedException {
        kind();
        Files.writeString(home.resolve("bin/clusters"), "drover\n");
        Files.delete(home.resolve("bin/told"));

        kind();

        assertThat(told()).noneMatch(line -> line.startsWith("kind create") || line.contains("create secret"));
        assertThat(indexOf(told(), "kubectl apply -k")).isNotNegative();
    }

    /** Images are built by whatever is there, and say what they are. */
    @Test
    void withoutDockerPodmanBuildsTheImagesAndElseBuildah() throws IOException, InterruptedException {
        program("docker", "false");
        program("podman", "");
        drover("image", "--prefix", "registry.example.org/drover", "--tag", "0.1.0");
        assertThat(told())
                .filteredOn(line -> line.startsWith("podman build "))
                .hasSize(IMAGES.size())
                .allMatch(line -> line.contains("--build-arg VERSION=0.1.0 --build-arg REVISION="))
                .anyMatch(line -> line.contains("-t registry.example.org/drover/auth-service:0.1.0"));

        program("podman", "false");
        program("buildah", "");
        drover("image");
        assertThat(told()).filteredOn(line -> line.startsWith("buildah bud ")).hasSize(IMAGES.size());
    }

    private String kind() throws IOException, InterruptedException {
        return drover("kind");
    }

    private String drover(String... arguments) throws IOException, InterruptedException {
        Path output = home.resolve("output");
        List<String> command = new ArrayList<>(List.of(home.resolve("drover").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().merge("PATH", home.resolve("bin").toString(), (path, own) -> own + ":" + path);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        assertThat(process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(home.resolve("bin/told"));
    }

    private static int indexOf(List<String> told, String part) {
        return told.indexOf(
                told.stream().filter(line -> line.contains(part)).findFirst().orElse(""));
    }

    private void program(String name, String body) throws IOException {
        Path program = home.resolve("bin").resolve(name);
        Files.createDirectories(program.getParent());
        Files.writeString(
                program,
                "#!/bin/sh\nhere=$(dirname \"$0\")\necho \"" + name + " $*\" >>\"$here/told\"\n" + body + "\nexit $?\n",
                StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private void copy(String path) throws IOException {
        Files.createDirectories(home.resolve(path).getParent());
        Files.copy(Repository.HOME.resolve(path), home.resolve(path));
    }

    private static Path file(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "");
    }
}
