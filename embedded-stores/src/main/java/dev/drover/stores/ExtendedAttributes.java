package dev.drover.stores;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** S3Proxy keeps an object's content type and checksum in extended attributes: without them it would answer, and forget. */
final class ExtendedAttributes {
    private ExtendedAttributes() {}

    static void require(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, ".attributes", ".probe");
        try {
            UserDefinedFileAttributeView view = Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
            if (view == null) {
                throw new IOException("no extended attributes");
            }
            view.write("drover.probe", StandardCharsets.US_ASCII.encode("1"));
        } catch (IOException e) {
            throw new IOException(
                    "the file system of " + folder
                            + " keeps no extended attributes, which S3Proxy needs: choose another data folder",
                    e);
        } finally {
            Files.delete(probe);
        }
    }
}
