package dev.drover.audit.code;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The methods of a class that run only while it comes to be or goes: constructors, initialisers, what the container calls at start and stop,
 * and the private methods that only those call. What they write is configuration; what others write is state.
 */
final class StartMethods {

    private static final Set<String> ANNOTATIONS =
            Set.of("PostConstruct", "PreDestroy", "Startup", "Shutdown", "Inject", "Autowired");
    private static final Set<String> PARAMETERS = Set.of(
            "/StartupEvent;",
            "/ShutdownEvent;",
            "/ServletConfig;",
            "/ServletContextEvent;",
            "/ApplicationReadyEvent;",
            "/FilterConfig;");
    private static final String LAMBDA = "lambda$";

    private final Set<String> keys;

    private StartMethods(Set<String> keys) {
        this.keys = keys;
    }

    static StartMethods of(ClassNode type) {
        Set<String> start = new HashSet<>();
        for (MethodNode method : type.methods) {
            if (isStart(method)) {
                start.add(key(method.name, method.desc));
            }
        }
        Map<String, Set<String>> callers = callers(type);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (MethodNode method : type.methods) {
                Set<String> calledBy = callers.getOrDefault(key(method.name, method.desc), Set.of());
                boolean isPrivate = (method.access & Opcodes.ACC_PRIVATE) != 0;
                if (isPrivate && !calledBy.isEmpty() && start.containsAll(calledBy)) {
                    grown |= start.add(key(method.name, method.desc));
                }
            }
        }
        return new StartMethods(start);
    }

    boolean contains(MethodNode method) {
        return keys.contains(key(method.name, method.desc));
    }

    /** {@code lambda$buy$3} is part of {@code buy}. */
    static String nameInSource(MethodNode method) {
        if (!method.name.startsWith(LAMBDA)) {
            return method.name;
        }
        String[] parts = method.name.split("\\$");
        return switch (parts.length > 2 ? parts[1] : method.name) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> parts.length > 2 ? parts[1] : method.name;
        };
    }

    private static boolean isStart(MethodNode method) {
        return method.name.equals("<init>")
                || method.name.equals("<clinit>")
                || PARAMETERS.stream().anyMatch(method.desc::contains)
                || Stream.of(method.visibleAnnotations, method.invisibleAnnotations)
                        .flatMap(list -> list == null ? Stream.empty() : list.stream())
                        .anyMatch(StartMethods::isStart);
    }

    private static boolean isStart(AnnotationNode annotation) {
        String name = annotation.desc.substring(annotation.desc.lastIndexOf('/') + 1, annotation.desc.length() - 1);
        return ANNOTATIONS.contains(name);
    }

    private static Map<String, Set<String>> callers(ClassNode type) {
        Map<String, Set<String>> callers = new HashMap<>();
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode instruction : method.instructions) {
                for (String callee : callees(type, instruction)) {
                    String caller = isCalledLater(instruction) ? "?" : key(method.name, method.desc);
                    callers.computeIfAbsent(callee, any -> new HashSet<>()).add(caller);
                }
            }
        }
        return callers;
    }

    /**
     * A lambda handed to a collection, a stream or an optional is called at once, as in {@code handlers.forEach(…)}. Of any other nobody
     * knows when.
     */
    private static boolean isCalledLater(AbstractInsnNode instruction) {
        if (!(instruction instanceof InvokeDynamicInsnNode)) {
            return false;
        }
        AbstractInsnNode next = instruction.getNext();
        while (next != null && !(next instanceof MethodInsnNode)) {
            if (next instanceof FieldInsnNode
                    || next instanceof VarInsnNode store && store.getOpcode() == Opcodes.ASTORE) {
                return true;
            }
            next = next.getNext();
        }
        return !(next instanceof MethodInsnNode call
                && call.owner.startsWith("java/util/")
                && !call.owner.startsWith("java/util/concurrent/")
                && !call.owner.startsWith("java/util/function/"));
    }

    private static List<String> callees(ClassNode type, AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call && call.owner.equals(type.name)) {
            return List.of(key(call.name, call.desc));
        }
        if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            return Stream.of(dynamic.bsmArgs)
                    .filter(Handle.class::isInstance)
                    .map(Handle.class::cast)
                    .filter(handle -> handle.getOwner().equals(type.name))
                    .map(handle -> key(handle.getName(), handle.getDesc()))
                    .toList();
        }
        return List.of();
    }

    private static String key(String name, String descriptor) {
        return name + descriptor;
    }
}
