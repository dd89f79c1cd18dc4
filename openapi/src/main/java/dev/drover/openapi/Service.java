package dev.drover.openapi;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Indexer;

import dev.drover.platform.problem.ErrorCode;

/** A service, by a class of it: the rest is found beside it. */
record Service(String name, Class<?> main) {

    /** Everything compiled with {@code main}, from the folder of a build under way or from the jar of an earlier one. */
    IndexView index() throws IOException {
        return index(main);
    }

    /** The codes only this service answers with. */
    List<ErrorCode> errorCodes() throws IOException {
        return index().getAllKnownImplementations(DotName.createSimple(ErrorCode.class)).stream()
                .flatMap(found -> Stream.of(constants(found.name().toString())))
                .toList();
    }

    private ErrorCode[] constants(String name) {
        try {
            return (ErrorCode[]) main.getClassLoader().loadClass(name).getEnumConstants();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " was indexed and cannot be loaded", e);
        }
    }

    static IndexView index(Class<?> neighbour) throws IOException {
        URI place;
        try {
            place = neighbour
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        Path classes = Path.of(place);
        return Files.isDirectory(classes) ? ofFolder(classes) : ofJar(classes);
    }

    private static Index ofFolder(Path folder) throws IOException {
        Indexer indexer = new Indexer();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                try (var content = Files.newInputStream(file)) {
                    indexer.index(content);
                }
            }
        }
        return indexer.complete();
    }

    private static Index ofJar(Path file) throws IOException {
        Indexer indexer = new Indexer();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (var entry : jar.stream()
                    .filter(each -> each.getName().endsWith(".class"))
                    .sorted((a, b) -> a.getName().compareTo(b.getName()))
                    .toList()) {
                try (var content = jar.getInputStream(entry)) {
                    indexer.index(content);
                }
            }
        }
        return indexer.complete();
    }
}
