package dev.drover.audit.code;

import java.util.ArrayList;
import java.util.List;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Reads the bytecode of one class. Nothing is loaded or run. */
final class BytecodeReader {

    private final ClassNode type = new ClassNode();
    private final StartMethods startMethods;
    private final List<Literal> literals = new ArrayList<>();
    private final List<Place> monitors = new ArrayList<>();
    private final List<Bytecode.Assignment> assignments = new ArrayList<>();
    private final List<Bytecode.Change> changes = new ArrayList<>();
    private final List<EnvironmentRead> environmentReads = new ArrayList<>();

    private BytecodeReader(byte[] classFile) {
        new ClassReader(classFile).accept(type, ClassReader.SKIP_FRAMES);
        startMethods = StartMethods.of(type);
    }

    static Bytecode read(byte[] classFile) {
        return new BytecodeReader(classFile).read();
    }

    private Bytecode read() {
        type.methods.forEach(this::read);
        type.fields.forEach(this::read);
        return new Bytecode(
                List.copyOf(literals),
                List.copyOf(monitors),
                List.copyOf(assignments),
                List.copyOf(changes),
                List.copyOf(environmentReads));
    }

    private void read(MethodNode method) {
        int line = 0;
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else {
                read(method, instruction, line);
            }
        }
        for (ValueFlow.Touch touch : ValueFlow.changesIn(type, method)) {
            changes.add(new Bytecode.Change(touch.field(), touch.call(), place(method, touch.line())));
        }
    }

    private void read(MethodNode method, AbstractInsnNode instruction, int line) {
        if (instruction instanceof LdcInsnNode constant && constant.cst instanceof String value) {
            literals.add(new Literal(value, place(method, line)));
        } else if (instruction instanceof InvokeDynamicInsnNode dynamic) {
            readRecipe(method, dynamic, line);
        } else if (instruction instanceof FieldInsnNode field
                && (field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC)) {
            FieldRef target = new FieldRef(dotted(field.owner), field.name);
            assignments.add(new Bytecode.Assignment(target, made(field), place(method, line)));
        } else if (instruction instanceof MethodInsnNode call && call.owner.equals("java/lang/System")) {
            readEnvironment(method, call, line);
        } else if (instruction.getOpcode() == Opcodes.MONITORENTER) {
            monitors.add(place(method, line));
        }
    }

    /** Of {@code "http://host/" + path} the compiler leaves a recipe with a placeholder. */
    private void readRecipe(MethodNode method, InvokeDynamicInsnNode dynamic, int line) {
        if (dynamic.name.equals("makeConcatWithConstants") && dynamic.bsmArgs[0] instanceof String recipe) {
            literals.add(new Literal(recipe.replace('\u0001', '*'), place(method, line)));
        }
        for (Object argument : dynamic.bsmArgs) {
            if (argument instanceof Handle handle
                    && handle.getOwner().equals("java/lang/System")
                    && isEnvironment(handle.getName())) {
                environmentReads.add(new EnvironmentRead(handle.getName(), "", place(method, line)));
            }
        }
    }

    private void readEnvironment(MethodNode method, MethodInsnNode call, int line) {
        if (isEnvironment(call.name)) {
            String name = firstArgument(call);
            environmentReads.add(new EnvironmentRead(call.name, name, place(method, line)));
        }
    }

    /** Empty when it, or an argument after it, is computed. */
    private static String firstArgument(MethodInsnNode call) {
        AbstractInsnNode argument = call;
        String value = "";
        for (int left = Type.getArgumentCount(call.desc); left > 0; left--) {
            argument = previous(argument);
            if (!(argument instanceof LdcInsnNode constant)) {
                return "";
            }
            value = String.valueOf(constant.cst);
        }
        return value;
    }

    private static boolean isEnvironment(String method) {
        return method.equals("getenv") || method.equals("getProperty");
    }

    /** The compiler copies a constant to where it is used, alone or into a longer text. */
    private void read(FieldNode field) {
        if (field.value instanceof String value
                && literals.stream().noneMatch(literal -> literal.value().equals(value))) {
            Place place = literals.stream()
                    .filter(literal -> literal.value().contains(value))
                    .map(Literal::place)
                    .findFirst()
                    .orElseGet(() -> new Place(dotted(type.name), field.name, 0, true));
            literals.add(new Literal(value, place));
        }
    }

    private Place place(MethodNode method, int line) {
        return new Place(dotted(type.name), StartMethods.nameInSource(method), line, startMethods.contains(method));
    }

    private static String made(FieldInsnNode write) {
        if (previous(write) instanceof MethodInsnNode call) {
            return call.name.equals("<init>") ? dotted(call.owner) : dotted(call.owner) + "." + call.name;
        }
        return "";
    }

    static AbstractInsnNode previous(AbstractInsnNode instruction) {
        AbstractInsnNode before = instruction.getPrevious();
        while (before != null && (before.getOpcode() < 0 || before.getOpcode() == Opcodes.CHECKCAST)) {
            before = before.getPrevious();
        }
        return before;
    }

    static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }
}
