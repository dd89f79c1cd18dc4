package dev.drover.auth.admin;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.drover.platform.identity.Roles;
import dev.drover.platform.problem.JudgedBody;
import dev.drover.platform.problem.Violation;

/** The body of {@code PUT /auth/users/{id}/roles}. */
@RegisterForReflection
@Schema(name = "RoleSet")
public record RolesBody(
        @NotNull @Size(max = 3) @Schema(examples = "[\"worker\"]")
        List<String> roles) implements JudgedBody {

    /** What every account is; it is not kept. */
    private static final String USER = "user";

    private static final Set<String> ROLES = Set.of(Roles.ADMIN, Roles.WORKER, USER);

    @Override
    public List<Violation> violations() {
        return roles == null
                ? List.of()
                : IntStream.range(0, roles.size())
                        .filter(i -> !ROLES.contains(String.valueOf(roles.get(i))))
                        .mapToObj(i -> new Violation("/roles/" + i, "must be one of admin, user, worker"))
                        .toList();
    }

    /** Beside that of a user, which everybody has. */
    Set<String> given() {
        Set<String> given = new TreeSet<>(roles);
        given.remove(USER);
        return given;
    }
}
