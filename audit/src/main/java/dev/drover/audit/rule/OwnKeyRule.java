package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** Signing or encryption keys an instance makes for itself when it starts. */
final class OwnKeyRule implements Rule {

    private static final CallTable KEY_MAKING = CallTable.of()
            .calls("java.security.KeyPairGenerator", "generateKeyPair", "genKeyPair")
            .calls("javax.crypto.KeyGenerator", "generateKey")
            .calls("io.jsonwebtoken.security.Keys", "secretKeyFor", "keyPairFor");

    @Override
    public String id() {
        return "own-key";
    }

    @Override
    public String forbids() {
        return "make their own keys when they start";
    }

    @Override
    public Set<String> excuses() {
        return Marks.PROCESS;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            boolean isStatic = access.getOrigin().getName().equals("<clinit>");
            if (KEY_MAKING.contains(access)
                    && (isStatic || code.sharedBecause(type).isPresent())) {
                String what = "makes a key (%s) that no other instance has".formatted(CallTable.name(access));
                found.accept(Observation.of(ChecklistItem.AUTH, access, what));
            }
        }
    }
}
