package dev.drover.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.auth.AuthService;
import dev.drover.jobs.JobsService;
import dev.drover.media.MediaService;
import dev.drover.profile.ProfileService;
import dev.drover.realtime.RealtimeService;

/** Writes one document per service, and the one of the whole suite. The same sources give the same bytes. */
public final class ApiDocument {

    private static final List<Service> SERVICES = List.of(
            new Service("auth-service", AuthService.class),
            new Service("profile-service", ProfileService.class),
            new Service("media-service", MediaService.class),
            new Service("jobs-service", JobsService.class),
            new Service("realtime-service", RealtimeService.class));

    private ApiDocument() {}

    /** @param args the folder to write to */
    public static void main(String... args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (Service service : SERVICES) {
            Files.writeString(folder.resolve(service.name() + ".yaml"), DocumentForm.yaml(of(List.of(service))));
        }
        Files.writeString(folder.resolve("openapi.yaml"), merged());
    }

    static String merged() throws IOException {
        return DocumentForm.yaml(of(SERVICES));
    }

    static List<Service> services() {
        return SERVICES;
    }

    private static ObjectNode of(List<Service> services) throws IOException {
        WrittenParts written = WrittenParts.load();
        Merge merge = new Merge(written.frame());
        for (Service service : services) {
            ServiceScan scan = ServiceScan.of(service);
            merge.add(written.pathsOf(service.name()));
            merge.add(scan.document());
        }
        return DocumentForm.ordered(new Completion(services).complete(merge.document()));
    }
}
