package dev.drover.lab.suite;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import dev.drover.stores.PrivateFile;

/**
 * {@code lab.json} in the data folder: how other programs of the same user find the running lab. It is written as a whole when everything is
 * ready and deleted at the end; it holds the token of the control API, so only its owner can read it.
 */
public record LabFile(JsonObject content) {
    private static final String NAME = "lab.json";

    /** The lab that runs on {@code data}, if its process still lives. */
    public static Optional<LabFile> read(Path data) {
        Path file = data.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            LabFile found = new LabFile(new JsonObject(Files.readString(file)));
            return ProcessHandle.of(found.pid()).filter(ProcessHandle::isAlive).map(alive -> found);
        } catch (IOException | DecodeException e) {
            return Optional.empty();
        }
    }

    void write(Path data) throws IOException {
        PrivateFile.write(data.resolve(NAME), content.encodePrettily() + "\n");
    }

    /** A file that stays behind does no harm: the process it names is gone. */
    static boolean delete(Path data) {
        return data.resolve(NAME).toFile().delete();
    }

    public URI gateway() {
        return URI.create(content.getString("gateway"));
    }

    public long pid() {
        return content.getLong("pid", -1L);
    }

    public String token() {
        return content.getString("token");
    }

    @Override
    public String toString() {
        return "LabFile[" + content.getString("gateway") + "]";
    }
}
