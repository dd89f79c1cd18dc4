package dev.drover.deploy;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The real kustomize, by itself or inside kubectl. A machine without either cannot say whether the manifests hold, so the tests fail there. */
final class Kustomize {

    private static final int RENDERED_WITHIN_SECONDS = 60;

    private Kustomize() {}

    static List<ObjectNode> overlay(String name) {
        return render(Repository.DEPLOY.resolve("overlays").resolve(name));
    }

    /** An overlay with more in its kustomization, as an operator would write it. */
    static List<ObjectNode> overlayWith(String name, String more) {
        return written(name + "-with", "resources:\n  - ../../../overlays/" + name + "\n" + more);
    }

    /** An overlay with more components on top, as an operator would write it. */
    static List<ObjectNode> overlay(String name, String... components) {
        String more = Stream.of(components)
                .map(component -> "  - ../../../components/" + component + "\n")
                .collect(Collectors.joining());
        return written(
                name + "-" + String.join("-", components),
                "resources:\n  - ../../../overlays/" + name + "\ncomponents:\n" + more);
    }

    private static List<ObjectNode> written(String folderName, String text) {
        Path folder = Repository.DEPLOY.resolve("target/overlays").resolve(folderName);
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("kustomization.yaml"),
                    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return render(folder);
    }

    private static List<ObjectNode> render(Path folder) {
        List<String> command = new ArrayList<>(program());
        command.add(folder.toString());
        try {
            Path errors = Files.createTempFile("kustomize", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(RENDERED_WITHIN_SECONDS, TimeUnit.SECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(folder + " does not render: " + Files.readString(errors));
            }
            Files.delete(errors);
            return ManifestYaml.read(new StringReader(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<String> program() {
        if (isOnPath("kustomize")) {
            return List.of("kustomize", "build");
        }
        if (isOnPath("kubectl")) {
            return List.of("kubectl", "kustomize");
        }
        throw new AssertionError(
                "The manifests are checked with kustomize 5 or kubectl 1.27 and later, and neither is on the PATH."
                        + " Debian has both: apt install kustomize (13 and later).");
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
