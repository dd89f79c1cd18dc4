package dev.drover.audit.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandTest {

    @TempDir
    static Path folder;

    private static Shop shop;

    private record Run(int exitCode, String out, String err) {}

    @BeforeAll
    static void compile() throws Exception {
        shop = Shop.compiledInto(Files.createDirectory(folder.resolve("classes")));
    }

    @Test
    void theChecklistSaysWhereTheStateIsAndWhatToDo() {
        Run run = audit(shop.classes().toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .contains(
                        "✗ Sessions is who is logged in kept outside the process? 2 findings",
                        "✓ Auth can every instance check every request by itself?",
                        "✗ Files do bytes go to an object store? 2 findings",
                        "✗ Temp files does work go on when local disk is gone? 1 finding",
                        "✗ Config does the environment alone decide? 2 findings",
                        "✓ Sockets does a message reach sockets on other instances?",
                        "✗ Jobs does work survive its worker, and happen once? 1 finding",
                        "✗ Limits are limits and locks one for all instances? 2 findings",
                        "✗ Server identity does it not matter which instance answers? 1 finding",
                        "com.acme.shop.CartResource",
                        "CartResource.java:23 CartResource.add uses the HTTP session (HttpServletRequest.getSession) [http-session]",
                        "InvoiceFiles.java:10 InvoiceFiles.write uses a temporary file: Files.createTempFile [temp-file]",
                        "NightlyReport.java:15 NightlyReport.send names a host: \"http://10.0.0.12:8025/send?from=*\" [hard-coded-host]",
                        "fix Put the bytes in an object store (S3), best straight from the client by a presigned URL.",
                        "✗ 13 findings, 0 answered for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BOOT-INF/classes/", "WEB-INF/classes/"})
    void aJarIsAuditedWithoutItsLibraries(String prefix) throws IOException {
        Path jar = shop.jar(folder.resolve("jars").resolve(prefix.length() + ".jar"), prefix);

        Run run = audit(jar.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("7 classes", "13 findings").doesNotContain("Library");
    }

    @Test
    void aQuarkusAppFolderIsItsOwnJarsAndTheLibrariesOfItsPackages() throws IOException {
        Path app = folder.resolve("quarkus-app");
        shop.jar(app.resolve("lib/main/com.acme.shop-1.0.jar"), "");
        Files.createDirectories(app.resolve("app"));
        Files.write(app.resolve("quarkus-run.jar"), new byte[0]);

        assertThat(audit(app.toString()).err()).contains("There are no classes in " + app);
        assertThat(audit(app.toString(), "--packages", "com.acme").out()).contains("7 classes", "13 findings");
        assertThat(audit(app.resolve("quarkus-run.jar").toString(), "--packages", "com.acme")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void packagesNarrowTheAudit() {
        Run run = audit(shop.classes().toString(), "--packages", "com.acme.shop.config");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("1 class\n", "✓ 0 findings");
    }

    @Test
    void anAllowFileAnswersForFindingsWithAReasonAndIsTold() throws IOException {
        Path allow = Files.writeString(folder.resolve("allow"), """
                # Findings we live with.
                server-identity com.acme.shop.NightlyReport#send the name is only logged
                files com.acme.shop.Invoice* a batch tool, not a service
                sockets com.acme.shop.Gone it was here once
                """);

        Run run = audit(shop.classes().toString(), "--allow", allow.toString());

        assertThat(run.out())
                .contains("✗ 10 findings, 3 answered for")
                .contains("allow:2  the name is only logged [server-identity]")
                .containsPattern("answer for nothing any more:\\R  allow:4  sockets com.acme.shop.Gone");
    }

    @Test
    void anAllowFileWithoutAReasonIsRefused() throws IOException {
        Path allow = Files.writeString(folder.resolve("allow-without"), "files com.acme.shop.InvoiceFiles\n");

        Run run = audit(shop.classes().toString(), "--allow", allow.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("allow-without:1 is not", "<reason>");
    }

    @Test
    void programsGetJson() throws IOException {
        Run run = audit(shop.classes().toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        int depth = 0;
        int objects = 0;
        try (JsonParser json = new JsonFactory().createParser(run.out())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                depth += token == JsonToken.START_OBJECT ? 1 : token == JsonToken.END_OBJECT ? -1 : 0;
                objects += token == JsonToken.START_OBJECT ? 1 : 0;
            }
        }
        assertThat(depth).isZero();
        assertThat(objects).as("itself, ten lines, thirteen findings").isEqualTo(1 + 10 + 13);
        assertThat(run.out())
                .contains(
                        "\"item\" : \"server-identity\"",
                        "\"rule\" : \"bean-store\"",
                        "\"class\" : \"com.acme.shop.Stock\"",
                        "\"line\" : 10");
    }

    @Test
    void whatCannotBeAuditedIsToldAndIsNoSuccess() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Path text = Files.writeString(folder.resolve("notes.txt"), "no classes");
        Path noJar = Files.writeString(folder.resolve("broken.jar"), "no zip");
        Path future = Files.createDirectories(folder.resolve("future")).resolve("Future.class");
        byte[] price = Files.readAllBytes(shop.classes().resolve("com/acme/shop/Price.class"));
        price[7] = 80;
        Files.write(future, price);

        assertRefused(audit("/no/such/place"), "There is no /no/such/place.");
        assertRefused(audit(empty.toString()), "There are no classes in " + empty);
        assertRefused(audit(text.toString()), "neither a folder nor a jar");
        assertRefused(audit(noJar.toString()), "broken.jar is not a jar");
        assertRefused(
                audit(future.getParent().toString()),
                "compiled for Java 36; this version of the audit reads up to Java 25");
        assertRefused(audit(), "Name a folder of classes or a jar.");
        assertRefused(audit("--no-such-option"), "Unknown option");
    }

    private static void assertRefused(Run run, String message) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("Exception");
    }

    private static Run audit(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = AuditCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Run(exitCode, out.toString(), err.toString());
    }
}
