package dev.drover.auth.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.vertx.core.json.JsonObject;

import dev.drover.auth.password.PasswordHash;

/** An account as the fields of a hash, and as the JSON a claim carries until that hash is written. An absent name is an absent field. */
final class AccountFields {

    static final List<String> NAMES = List.of(
            "email",
            "displayName",
            "passwordHash",
            "emailVerified",
            "roles",
            "createdAt",
            "version",
            "sessionEpoch",
            "lockedAt");

    private AccountFields() {}

    static Map<String, String> of(Account account) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("email", account.email().value());
        account.displayName().ifPresent(name -> fields.put("displayName", name.value()));
        fields.put("passwordHash", account.passwordHash().toPhc());
        fields.put("emailVerified", Boolean.toString(account.emailVerified()));
        fields.put("roles", String.join(",", account.roles()));
        fields.put("createdAt", account.createdAt().toString());
        fields.put("version", Long.toString(account.version()));
        fields.put("sessionEpoch", Long.toString(account.sessionEpoch()));
        account.lockedAt().ifPresent(time -> fields.put("lockedAt", time.toString()));
        return fields;
    }

    static Account toAccount(AccountId id, Map<String, String> fields) {
        String roles = fields.get("roles");
        return new Account(
                id,
                new EmailAddress(fields.get("email")),
                Optional.ofNullable(fields.get("displayName")).map(DisplayName::new),
                PasswordHash.parse(fields.get("passwordHash")),
                Boolean.parseBoolean(fields.get("emailVerified")),
                roles.isEmpty() ? Set.of() : Set.of(roles.split(",")),
                Instant.parse(fields.get("createdAt")),
                Long.parseLong(fields.getOrDefault("version", "0")),
                Long.parseLong(fields.getOrDefault("sessionEpoch", "0")),
                Optional.ofNullable(fields.get("lockedAt")).map(Instant::parse));
    }

    static String toJson(Account account) {
        JsonObject json = new JsonObject();
        of(account).forEach(json::put);
        return json.encode();
    }

    static Account fromJson(AccountId id, String json) {
        Map<String, String> fields = new LinkedHashMap<>();
        new JsonObject(json).forEach(field -> fields.put(field.getKey(), (String) field.getValue()));
        return toAccount(id, fields);
    }

    static List<String> flat(Account account) {
        List<String> flat = new ArrayList<>();
        of(account).forEach((name, value) -> {
            flat.add(name);
            flat.add(value);
        });
        return flat;
    }
}
