package dev.drover.audit.command;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;

import com.tngtech.archunit.core.importer.Location;

/**
 * A folder or jar with class files.
 *
 * @param wantedClasses how many of its classes are the application's
 * @param libraryClasses how many are of libraries packed with it
 * @param onlyLibraries whether a library itself is under audit, so that nothing is left out
 * @param newest the highest class file version among those wanted
 */
record Container(
        Path place, List<String> packages, int wantedClasses, int libraryClasses, boolean onlyLibraries, int newest) {

    /** The newest class file version ArchUnit 1.4 reads: Java 25. */
    private static final int READABLE_MAX = 69;

    private static final int JAVA_1 = 44;

    private static final Pattern LIBRARY = Pattern.compile(
            "(io/(quarkus|quarkiverse|smallrye|vertx|netty|micrometer|opentelemetry|grpc|projectreactor|prometheus|lettuce|undertow|reactivex)"
                    + "|jakarta|javax|java|jdk|sun|kotlin|kotlinx|scala|groovy|reactor|redis|mutiny|software/amazon|ch/qos"
                    + "|org/(jboss|eclipse|apache|slf4j|springframework|hibernate|reactivestreams|wildfly|yaml|bouncycastle|aopalliance"
                    + "|aspectj|objectweb|glassfish|jctools|jose4j|crac|jspecify|checkerframework|intellij|jetbrains|postgresql|json|LatencyUtils"
                    + "|HdrHistogram|graalvm|acme4j|threeten|xnio|infinispan|jgroups|junit|hamcrest|attoparser|thymeleaf|unbescape)"
                    + "|com/(fasterxml|google|github|sun|oracle|mysql|zaxxer|ibm|microsoft|thoughtworks|typesafe|aayushatharva|ongres|jayway)"
                    + "|net/(bytebuddy|minidev|jpountz|sf)|android|afu|gnu|edu/umd)/.*|.*/(shaded|repackaged|thirdparty|vendored)/.*");
    private static final Pattern GENERATED = Pattern.compile(
            ".*(_Bean|_ClientProxy|_Subclass|_Observer_\\w+|_SyntheticBean|_InterceptorInitializer|\\$\\$\\w*"
                    + "|\\$quarkus\\w+\\$?\\w*|__BeanDefinitions?|__BeanFactoryRegistrations)\\.class");
    private static final Pattern NO_CLASS =
            Pattern.compile("META-INF/.*|BOOT-INF/lib/.*|.*(module-info|package-info)\\.class");
    private static final Pattern ROOT = Pattern.compile("(BOOT-INF|WEB-INF)/classes/");

    static Container read(Path place, List<String> packages) throws IOException {
        Tally tally = new Tally(packages);
        if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    tally.add(place.relativize(file).toString().replace('\\', '/'), () -> Files.newInputStream(file));
                }
            }
        } else if (place.toString().endsWith(".class")) {
            tally.add(String.valueOf(place.getFileName()), () -> Files.newInputStream(place));
        } else {
            try (JarFile jar = new JarFile(place.toFile())) {
                for (JarEntry entry : jar.stream().toList()) {
                    tally.add(entry.getName(), () -> jar.getInputStream(entry));
                }
            } catch (ZipException e) {
                throw new CannotAuditException(place + " is not a jar: " + e.getMessage());
            }
        }
        boolean onlyLibraries = tally.own == 0;
        return new Container(
                place,
                packages,
                onlyLibraries ? tally.libraries : tally.own,
                onlyLibraries ? 0 : tally.libraries,
                onlyLibraries,
                onlyLibraries ? tally.newestOfLibraries : tally.newestOfOwn);
    }

    void refuseTooNew() {
        if (newest > READABLE_MAX) {
            throw new CannotAuditException(
                    "%s has classes compiled for Java %d; this version of the audit reads up to Java %d."
                            .formatted(place, newest - JAVA_1, READABLE_MAX - JAVA_1));
        }
    }

    Location location() {
        boolean isArchive = Files.isRegularFile(place) && !place.toString().endsWith(".class");
        return isArchive ? Location.of(URI.create("jar:" + place.toUri() + "!/")) : Location.of(place);
    }

    boolean wants(Location location) {
        String uri = location.asURI().toString();
        // file:/ and file:/// are the same place; a folder's path ends with a slash already, a jar's with "!/".
        String own = place.toUri().getRawPath();
        if (!uri.contains(own)) {
            return false;
        }
        String inside = uri.substring(uri.indexOf(own) + own.length()).replaceFirst("^!?/", "");
        String entry = ROOT.matcher(inside).replaceFirst("");
        return isClass(inside) && isOfPackages(entry, packages) && (onlyLibraries || !isLibrary(entry, packages));
    }

    private static boolean isClass(String entry) {
        return !NO_CLASS.matcher(entry).matches() && !GENERATED.matcher(entry).matches();
    }

    private static boolean isLibrary(String entry, List<String> packages) {
        return packages.isEmpty() && LIBRARY.matcher(entry).matches();
    }

    private static boolean isOfPackages(String entry, List<String> packages) {
        return packages.isEmpty()
                || packages.stream().map(name -> name.replace('.', '/') + "/").anyMatch(entry::startsWith)
                // A folder may be given from the middle of a tree; names are compared again once the classes are read.
                || !entry.contains("/");
    }

    private interface Content {
        InputStream open() throws IOException;
    }

    private static final class Tally {

        private final List<String> packages;
        private int own;
        private int libraries;
        private int newestOfOwn;
        private int newestOfLibraries;

        Tally(List<String> packages) {
            this.packages = packages;
        }

        void add(String path, Content content) throws IOException {
            String entry = ROOT.matcher(path).replaceFirst("");
            if (!path.endsWith(".class") || !isClass(path) || !isOfPackages(entry, packages)) {
                return;
            }
            int version = version(content);
            if (isLibrary(entry, packages)) {
                libraries++;
                newestOfLibraries = Math.max(newestOfLibraries, version);
            } else {
                own++;
                newestOfOwn = Math.max(newestOfOwn, version);
            }
        }

        private static int version(Content content) throws IOException {
            try (DataInputStream head = new DataInputStream(content.open())) {
                head.readInt();
                head.readUnsignedShort();
                return head.readUnsignedShort();
            }
        }
    }
}
