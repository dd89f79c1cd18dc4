package dev.drover.audit.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A small application as many are written, compiled and packaged in the ways applications are. */
final class Shop {

    private final Path classes;

    private Shop(Path classes) {
        this.classes = classes;
    }

    static Shop compiledInto(Path folder) throws IOException, URISyntaxException {
        Path sources = Path.of(Shop.class.getResource("/stateful-shop").toURI());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> java = Files.walk(sources)) {
            List<Path> units =
                    java.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "--release",
                    "21",
                    "-g",
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            problems, files, null, options, null, files.getJavaFileObjectsFromPaths(units))
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
        return new Shop(folder);
    }

    Path classes() {
        return classes;
    }

    /** @param prefix where in the jar the classes are: {@code BOOT-INF/classes/}, or empty */
    Path jar(Path jar, String prefix) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each :
                    all.filter(path -> path.toString().endsWith(".class")).toList()) {
                add(out, prefix + classes.relativize(each), Files.readAllBytes(each));
            }
            byte[] library = Files.readAllBytes(classes.resolve("com/acme/shop/Price.class"));
            add(
                    out,
                    prefix.replace("classes", "lib") + (prefix.isEmpty() ? "io/quarkus/Library.class" : "library.jar"),
                    library);
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
