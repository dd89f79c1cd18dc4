package dev.drover.profile.profiles;

import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.platform.cache.SharedCache;
import dev.drover.profile.AccountId;

/** Public cards, from the cache that all instances share. */
@Singleton
final class Cards {

    private final Profiles profiles;
    private final SharedCache cache;
    private final SharedCache.Kind kind;
    private final AvatarUrls avatars;
    private final ObjectMapper json;

    Cards(Profiles profiles, SharedCache cache, CardConfig config, AvatarUrls avatars, ObjectMapper json) {
        this.profiles = profiles;
        this.cache = cache;
        this.kind = new SharedCache.Kind("cards", config.cachedFor(), config.absentFor());
        this.avatars = avatars;
        this.json = json;
    }

    /** Empty when there is no such account. */
    Optional<CardBody> find(AccountId id) {
        return cache.get(kind, ProfileKeys.card(id), () -> profiles.find(id)
                        .map(profile -> CardBody.of(profile, avatars))
                        .map(this::written))
                .map(this::read);
    }

    private String written(CardBody card) {
        try {
            return json.writeValueAsString(card);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a card is plain values", e);
        }
    }

    private CardBody read(String card) {
        try {
            return json.readValue(card, CardBody.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a cached card must be JSON", e);
        }
    }
}
