package dev.drover.audit.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.Source;

/** The classes under audit, and what connects them. Reads class files; loads no class. */
public final class Codebase {

    private final Map<String, JavaClass> classes = new HashMap<>();
    private final Map<String, Bytecode> bytecode = new HashMap<>();
    private final Map<FieldRef, List<FieldWrite>> writes = new HashMap<>();
    private final Map<String, Set<JavaAccess<?>>> accesses = new HashMap<>();
    private final SharedClasses shared;

    private Codebase(Collection<JavaClass> types) {
        types.forEach(type -> classes.put(type.getName(), type));
        types.forEach(type -> bytecode.put(type.getName(), read(type)));
        bytecode.values().forEach(this::indexWrites);
        shared = SharedClasses.of(classes);
    }

    public static Codebase of(Collection<JavaClass> types) {
        return new Codebase(types);
    }

    /** Why one object of this class serves many requests: "a bean (@Singleton)"; empty when nothing says that it does. */
    public Optional<String> sharedBecause(JavaClass type) {
        return shared.because(type);
    }

    /** Every write to a field, from whatever class under audit. */
    public List<FieldWrite> writesTo(JavaField field) {
        return writes.getOrDefault(new FieldRef(field.getOwner().getName(), field.getName()), List.of());
    }

    /** The line that gives a field its first value, for a field has none of its own in the bytecode. */
    public int lineOf(JavaField field) {
        return writesTo(field).stream()
                .filter(FieldWrite::isAssignment)
                .filter(write -> write.place().type().equals(field.getOwner().getName()))
                .mapToInt(write -> write.place().line())
                .filter(line -> line > 0)
                .min()
                .orElse(0);
    }

    public List<Literal> literalsIn(JavaClass type) {
        return of(type).literals();
    }

    /** Every call, constructor call, method reference and field access in a class, lambdas included. */
    public Set<JavaAccess<?>> accessesFrom(JavaClass type) {
        // ArchUnit collects them anew each time it is asked.
        return accesses.computeIfAbsent(type.getName(), any -> type.getAccessesFromSelf());
    }

    /** Where {@code synchronized} blocks begin. */
    public List<Place> monitorsIn(JavaClass type) {
        return of(type).monitors();
    }

    public List<EnvironmentRead> environmentReadsIn(JavaClass type) {
        return of(type).environmentReads();
    }

    /** Every class under audit. */
    public Stream<JavaClass> classes() {
        return classes.values().stream();
    }

    private Bytecode of(JavaClass type) {
        return bytecode.getOrDefault(type.getName(), Bytecode.NONE);
    }

    private void indexWrites(Bytecode code) {
        for (Bytecode.Assignment assignment : code.assignments()) {
            index(assignment.field(), new FieldWrite("=", assignment.made(), assignment.place()));
        }
        for (Bytecode.Change change : code.changes()) {
            index(change.field(), new FieldWrite(change.call(), "", change.place()));
        }
    }

    /** The bytecode may name a subclass of the one that declares the field. */
    private void index(FieldRef named, FieldWrite write) {
        JavaClass owner = classes.get(named.owner());
        while (owner != null && owner.tryGetField(named.name()).isEmpty()) {
            owner = owner.getRawSuperclass().orElse(null);
        }
        String declaring = owner == null ? named.owner() : owner.getName();
        writes.computeIfAbsent(new FieldRef(declaring, named.name()), any -> new ArrayList<>())
                .add(write);
    }

    private static Bytecode read(JavaClass type) {
        Optional<URI> uri = type.getSource().map(Source::getUri);
        if (uri.isEmpty()) {
            return Bytecode.NONE;
        }
        try {
            URLConnection connection = uri.get().toURL().openConnection();
            // A cached connection would keep somebody's jar open.
            connection.setUseCaches(false);
            try (InputStream classFile = connection.getInputStream()) {
                return BytecodeReader.read(classFile.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + uri.get(), e);
        }
    }
}
