package dev.drover.audit.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;

/**
 * The classes an application consists of, without the libraries it is packaged with.
 *
 * @param libraryClasses how many classes were left out because they are of well-known libraries
 */
record Application(List<Path> places, Collection<JavaClass> classes, int libraryClasses) {

    static Application read(List<Path> paths, List<String> packages) throws IOException {
        Map<String, Container> containers = new LinkedHashMap<>();
        for (Path path : paths) {
            for (Path place : places(path, !packages.isEmpty())) {
                // The same library in two applications is one library.
                String key = place.toString().endsWith(".jar") ? String.valueOf(place.getFileName()) : place.toString();
                containers.putIfAbsent(key, Container.read(place, packages));
            }
        }
        List<Container> wanted = containers.values().stream()
                .filter(container -> container.wantedClasses() > 0)
                .toList();
        if (wanted.isEmpty()) {
            throw nothingFound(paths, packages);
        }
        wanted.forEach(Container::refuseTooNew);
        Collection<JavaClass> classes = imported(wanted, packages);
        if (classes.isEmpty()) {
            throw nothingFound(paths, packages);
        }
        return new Application(
                wanted.stream().map(Container::place).toList(),
                classes,
                wanted.stream().mapToInt(Container::libraryClasses).sum());
    }

    private static Collection<JavaClass> imported(List<Container> containers, List<String> packages) {
        List<Location> locations = containers.stream().map(Container::location).toList();
        return new ClassFileImporter()
                        .withImportOption(
                                location -> containers.stream().anyMatch(container -> container.wants(location)))
                        .importLocations(locations)
                        .stream()
                        .filter(type -> packages.isEmpty() || packages.stream().anyMatch(root -> isBelow(type, root)))
                        .toList();
    }

    private static boolean isBelow(JavaClass type, String root) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /** Where the classes are: a folder of classes or a jar stands for itself, a build's folder for what is in it. */
    private static List<Path> places(Path path, boolean withLibraries) throws IOException {
        if (!Files.exists(path)) {
            throw new CannotAuditException(
                    "There is no " + path + ". Name a folder of classes, a jar, or a quarkus-app folder.");
        }
        if (String.valueOf(path.getFileName()).equals("quarkus-run.jar")) {
            return places(path.toAbsolutePath().getParent(), withLibraries);
        }
        if (Files.isRegularFile(path)) {
            if (!path.toString().matches(".*\\.(jar|war|class)")) {
                throw new CannotAuditException(path + " is neither a folder nor a jar, war or class file.");
            }
            return List.of(path);
        }
        if (Files.exists(path.resolve("quarkus-run.jar"))) {
            List<Path> jars = new ArrayList<>(jars(path.resolve("app")));
            if (withLibraries) {
                jars.addAll(jars(path.resolve("lib/main")));
            }
            return jars;
        }
        for (String below :
                List.of("target/classes", "build/classes/java/main", "BOOT-INF/classes", "WEB-INF/classes")) {
            if (Files.isDirectory(path.resolve(below))) {
                return List.of(path.resolve(below));
            }
        }
        return List.of(path);
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static CannotAuditException nothingFound(List<Path> paths, List<String> packages) {
        String where = String.join(", ", paths.stream().map(Path::toString).toList());
        String of = packages.isEmpty() ? "" : " of the packages " + String.join(", ", packages);
        return new CannotAuditException("There are no classes" + of + " in " + where + ". Is it built?");
    }
}
