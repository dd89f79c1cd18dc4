package dev.drover.lab.fleet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the build left in {@code target/quarkus-app}, started from a plain class path. Its own {@code quarkus-run.jar} would load the classes
 * by a class loader of Quarkus, for which a recorded start brings much less (and before JDK 25 nothing).
 */
record PackagedApplication(Path folder, String mainClass) {
    /** Where Quarkus puts jars, in the order of precedence: what it rewrote comes before what it rewrote it from. */
    private static final List<String> JAR_FOLDERS = List.of("app", "lib/boot", "lib/main");

    private static final List<String> QUARKUS_JARS =
            List.of("quarkus/transformed-bytecode.jar", "quarkus/generated-bytecode.jar");

    Path runJar() {
        return folder.resolve("quarkus-run.jar");
    }

    /** What follows the JVM's own flags on the command line. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(manifestFlags());
        // As the entry point of quarkus-run.jar sets it.
        arguments.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        arguments.addAll(List.of("-cp", classPath(), mainClass));
        return arguments;
    }

    /** In an order that does not depend on the file system: a recording is only used with the very same class path. */
    private String classPath() {
        Stream<Path> quarkus = QUARKUS_JARS.stream().map(folder::resolve).filter(Files::exists);
        Stream<Path> libraries = JAR_FOLDERS.stream().map(folder::resolve).flatMap(PackagedApplication::jarsIn);
        return Stream.concat(quarkus, libraries).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> jarsIn(Path libraries) {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM reads these from a manifest only when the jar is started itself. */
    private List<String> manifestFlags() {
        try (JarFile jar = new JarFile(runJar().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            List<String> flags = new ArrayList<>();
            words(manifest.getValue("Add-Opens"))
                    .forEach(opened -> flags.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED")));
            words(manifest.getValue("Enable-Native-Access"))
                    .forEach(module -> flags.add("--enable-native-access=" + module));
            return flags;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> words(String value) {
        return value == null ? Stream.empty() : Arrays.stream(value.strip().split("\\s+"));
    }
}
