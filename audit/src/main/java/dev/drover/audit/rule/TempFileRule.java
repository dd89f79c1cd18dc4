package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;
import dev.drover.audit.code.Literal;

/** Temporary files: one's own, and those frameworks make for an upload or an image without being asked. */
final class TempFileRule implements Rule {

    private static final CallTable TEMPORARY = CallTable.of()
            .calls("java.io.File", "createTempFile", "deleteOnExit")
            .calls("java.nio.file.Files", "createTemp*")
            .calls("io.vertx.core.file.FileSystem", "createTemp*")
            .calls("io.vertx.mutiny.core.file.FileSystem", "createTemp*")
            .calls("io.vertx.ext.web.FileUpload", "uploadedFileName");
    private static final CallTable IMAGES =
            CallTable.of().calls("javax.imageio.ImageIO", "createImageInputStream", "createImageOutputStream", "read");
    private static final CallTable CACHE_SWITCH = CallTable.of().calls("javax.imageio.ImageIO", "setUseCache");
    private static final Set<String> UPLOADS = Set.of(
            "org.jboss.resteasy.reactive.multipart.FileUpload",
            "org.springframework.web.multipart.MultipartFile",
            "jakarta.servlet.http.Part");
    private static final Set<String> FORM_PARTS = Set.of("RestForm", "PartFilename", "MultipartForm", "FormParam");

    @Override
    public String id() {
        return "temp-file";
    }

    @Override
    public String forbids() {
        return "make temporary files, or have them made";
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (TEMPORARY.contains(access)) {
                found.accept(Observation.of(
                        ChecklistItem.TEMP_FILES, access, "uses a temporary file: " + CallTable.name(access)));
            } else if (IMAGES.contains(access) && !keepsImagesInMemory(code)) {
                String what = CallTable.name(access)
                        + " caches the image in a temporary file, as ImageIO.setUseCache(false) is never called";
                found.accept(Observation.of(ChecklistItem.TEMP_FILES, access, what));
            }
        }
        for (Literal literal : code.literalsIn(type)) {
            if (literal.value().equals("java.io.tmpdir")) {
                found.accept(Observation.of(
                        ChecklistItem.TEMP_FILES, type, literal.place(), "asks for the folder of temporary files"));
            }
        }
        uploads(type, code, found);
    }

    private static boolean keepsImagesInMemory(Codebase code) {
        return code.classes().flatMap(any -> code.accessesFrom(any).stream()).anyMatch(CACHE_SWITCH::contains);
    }

    private static void uploads(JavaClass type, Codebase code, Consumer<Observation> found) {
        Names.annotation(type, Set.of("MultipartConfig"))
                .ifPresent(any -> found.accept(Observation.of(
                        ChecklistItem.TEMP_FILES,
                        type,
                        0,
                        "is @MultipartConfig: the container writes uploads to temporary files")));
        for (JavaField field : type.getFields()) {
            if (isUpload(field.getRawType(), field)) {
                found.accept(Observation.of(
                        ChecklistItem.TEMP_FILES, field, code.lineOf(field), "is an upload in a temporary file"));
            }
        }
        for (JavaCodeUnit unit : type.getCodeUnits()) {
            boolean takesUpload =
                    unit.getParameters().stream().anyMatch(parameter -> isUpload(parameter.getRawType(), parameter));
            if (takesUpload) {
                found.accept(Observation.of(
                        ChecklistItem.TEMP_FILES,
                        unit,
                        "takes an upload, which the framework puts in a temporary file"));
            }
        }
    }

    private static boolean isUpload(JavaClass type, HasAnnotations<?> element) {
        boolean isFile = Stream.of("java.io.File", "java.nio.file.Path").anyMatch(type.getName()::equals);
        return UPLOADS.contains(type.getName())
                || isFile && Names.annotation(element, FORM_PARTS).isPresent();
    }
}
