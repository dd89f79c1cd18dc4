package dev.drover.audit.rule;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** Whatever writes to the local disk. Reading is not its concern. */
final class FileWriteRule implements Rule {

    private static final CallTable WRITES = CallTable.of()
            .calls(
                    "java.nio.file.Files",
                    "write*",
                    "newOutputStream",
                    "newBufferedWriter",
                    "createDirector*",
                    "createFile",
                    "createLink",
                    "createSymbolicLink",
                    "move",
                    "delete*",
                    "setAttribute",
                    "setLastModifiedTime",
                    "setPosixFilePermissions")
            .calls("java.io.FileOutputStream", "new")
            .calls("java.io.FileWriter", "new")
            .calls("java.io.RandomAccessFile", "new")
            .calls("java.io.File", "mkdir*", "createNewFile", "renameTo", "delete")
            .calls("java.util.logging.FileHandler", "new")
            .calls("javax.imageio.stream.FileImageOutputStream", "new")
            .calls(
                    "io.vertx.core.file.FileSystem",
                    "writeFile*",
                    "createFile*",
                    "mkdir*",
                    "copy*",
                    "move*",
                    "delete*",
                    "truncate*",
                    "open*",
                    "link*",
                    "symlink*")
            .calls(
                    "io.vertx.mutiny.core.file.FileSystem",
                    "writeFile*",
                    "createFile*",
                    "mkdir*",
                    "copy*",
                    "move*",
                    "delete*",
                    "open*")
            .calls(
                    "org.apache.commons.io.FileUtils",
                    "write*",
                    "copy*",
                    "move*",
                    "delete*",
                    "forceMkdir*",
                    "touch",
                    "openOutputStream")
            .calls("com.google.common.io.Files", "write", "copy", "move", "touch", "asByteSink", "asCharSink", "append")
            .calls("jakarta.servlet.http.Part", "write")
            .calls("javax.servlet.http.Part", "write")
            .calls("org.springframework.web.multipart.MultipartFile", "transferTo");

    /** Write to a file only when they are given one. */
    private static final CallTable WRITES_TO_A_FILE = CallTable.of()
            .calls("java.io.PrintWriter", "new")
            .calls("java.io.PrintStream", "new")
            .calls("java.util.Formatter", "new")
            .calls("javax.imageio.ImageIO", "write");

    private static final CallTable CHANNELS = CallTable.of()
            .calls("java.nio.channels.FileChannel", "open")
            .calls("java.nio.channels.AsynchronousFileChannel", "open")
            .calls("java.nio.file.Files", "newByteChannel");
    private static final Set<String> WRITING = Set.of("WRITE", "APPEND", "CREATE", "CREATE_NEW");

    @Override
    public String id() {
        return "file-write";
    }

    @Override
    public String forbids() {
        return "write to the local disk";
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (writes(access) && !isForReading(access, type, code)) {
                found.accept(Observation.of(
                        ChecklistItem.FILES, access, "writes to the local disk: " + CallTable.name(access)));
            }
        }
    }

    private static boolean writes(JavaAccess<?> access) {
        return WRITES.contains(access)
                || WRITES_TO_A_FILE.contains(access) && takesAFile(access)
                || isCopyToAPath(access)
                || CHANNELS.contains(access) && asksToWrite(access);
    }

    /** {@code new RandomAccessFile(file, "r")}, or a stream on standard output, which is no file. */
    private static boolean isForReading(JavaAccess<?> access, JavaClass type, Codebase code) {
        if (parameters(access).contains("java.io.FileDescriptor")) {
            return true;
        }
        return access.getTargetOwner().getName().equals("java.io.RandomAccessFile")
                && code.literalsIn(type).stream()
                        .anyMatch(literal ->
                                literal.value().equals("r") && literal.place().line() == access.getLineNumber());
    }

    private static boolean takesAFile(JavaAccess<?> access) {
        List<String> parameters = parameters(access);
        return parameters.contains("java.io.File")
                || !access.getName().equals("write")
                        && !parameters.isEmpty()
                        && parameters.getFirst().equals("java.lang.String");
    }

    /** {@code Files.copy(Path, OutputStream)} only reads. */
    private static boolean isCopyToAPath(JavaAccess<?> access) {
        return access.getTargetOwner().getName().equals("java.nio.file.Files")
                && access.getName().equals("copy")
                && parameters(access).lastIndexOf("java.nio.file.Path") == 1;
    }

    private static boolean asksToWrite(JavaAccess<?> access) {
        return access.getOrigin().getFieldAccesses().stream()
                .filter(field -> field.getTargetOwner().getName().equals("java.nio.file.StandardOpenOption"))
                .anyMatch(field -> WRITING.contains(field.getName()));
    }

    private static List<String> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitCallTarget call
                ? call.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of();
    }
}
