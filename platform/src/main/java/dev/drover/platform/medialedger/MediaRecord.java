package dev.drover.platform.medialedger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.objectstore.ExactContent;
import dev.drover.platform.objectstore.Sha256;

/** An entry of the ledger as it is stored: a hash of these fields. */
final class MediaRecord {

    private static final List<String> FIELDS = List.of(
            "owner",
            "fileName",
            "contentType",
            "sizeBytes",
            "sha256",
            "purpose",
            "state",
            "variants",
            "reason",
            "createdAt",
            "updatedAt",
            "partBytes",
            "uploadId");

    private static final TypeReference<List<StoredVariant>> VARIANTS = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    private MediaRecord() {}

    /** The arguments of the {@code HMGET} whose answer {@link #read} takes. */
    static String[] query(MediaId id) {
        String[] query = new String[FIELDS.size() + 1];
        query[0] = MediaKeys.item(id);
        for (int i = 0; i < FIELDS.size(); i++) {
            query[i + 1] = FIELDS.get(i);
        }
        return query;
    }

    /** Empty when there is no such entry. */
    static Optional<MediaItem> read(MediaId id, Response values) {
        if (values.get(0) == null) {
            return Optional.empty();
        }
        NewMedia media = new NewMedia(
                id,
                text(values, "owner"),
                text(values, "fileName"),
                new ExactContent(
                        number(values, "sizeBytes"), text(values, "contentType"), new Sha256(text(values, "sha256"))),
                MediaPurpose.parse(text(values, "purpose"))
                        .orElseThrow(() -> new IllegalStateException("the ledger holds an unknown purpose: " + id)));
        return Optional.of(new MediaItem(
                media,
                MediaState.ofWord(text(values, "state")),
                Optional.ofNullable(value(values, "variants"))
                        .map(variants -> parse(variants.toString()))
                        .orElse(List.of()),
                Optional.ofNullable(value(values, "reason")).map(Response::toString),
                Instant.ofEpochMilli(number(values, "createdAt")),
                Instant.ofEpochMilli(number(values, "updatedAt")),
                multipart(values)));
    }

    private static Optional<Multipart> multipart(Response values) {
        Response partBytes = value(values, "partBytes");
        return partBytes == null
                ? Optional.empty()
                : Multipart.of(
                        partBytes.toLong(),
                        Optional.ofNullable(value(values, "uploadId")).map(Response::toString));
    }

    static String write(List<MediaVariant> variants) {
        try {
            return JSON.writeValueAsString(
                    variants.stream().map(StoredVariant::of).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("variants are plain values", e);
        }
    }

    private static List<MediaVariant> parse(String json) {
        try {
            return JSON.readValue(json, VARIANTS).stream()
                    .map(StoredVariant::toVariant)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger holds unreadable variants", e);
        }
    }

    private static Response value(Response values, String field) {
        return values.get(FIELDS.indexOf(field));
    }

    private static String text(Response values, String field) {
        return value(values, field).toString();
    }

    private static long number(Response values, String field) {
        return value(values, field).toLong();
    }

    /** The stored form of a variant. */
    @RegisterForReflection
    record StoredVariant(String name, String contentType, long sizeBytes, int width, int height) {

        static StoredVariant of(MediaVariant variant) {
            return new StoredVariant(
                    variant.name().word(),
                    variant.contentType(),
                    variant.sizeBytes(),
                    variant.width(),
                    variant.height());
        }

        MediaVariant toVariant() {
            VariantName known = VariantName.parse(name)
                    .orElseThrow(() -> new IllegalStateException("the ledger holds an unknown variant: " + name));
            return new MediaVariant(known, contentType, sizeBytes, width, height);
        }
    }
}
