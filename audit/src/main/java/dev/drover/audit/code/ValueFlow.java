package dev.drover.audit.code;

import java.util.ArrayList;
import java.util.List;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Finds the calls that change what a field holds: {@code orders.put(…)}, also through a local variable. */
final class ValueFlow {

    record Touch(FieldRef field, String call, int line) {}

    private ValueFlow() {}

    static List<Touch> changesIn(ClassNode type, MethodNode method) {
        if (!mayChange(method)) {
            return List.of();
        }
        Frame<SourceValue>[] frames;
        try {
            frames = new Analyzer<>(new Origins()).analyze(type.name, method);
        } catch (AnalyzerException e) {
            // Obfuscated or broken code. The other rules still see it.
            return List.of();
        }
        List<Touch> touches = new ArrayList<>();
        int line = 0;
        for (int at = 0; at < frames.length; at++) {
            AbstractInsnNode instruction = method.instructions.get(at);
            if (instruction instanceof LineNumberNode number) {
                line = number.line;
            } else if (frames[at] != null) {
                addTouches(instruction, frames[at], line, touches);
            }
        }
        return touches;
    }

    private static boolean mayChange(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (receiverDepth(instruction) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static void addTouches(
            AbstractInsnNode instruction, Frame<SourceValue> frame, int line, List<Touch> touches) {
        int depth = receiverDepth(instruction);
        if (depth < 0) {
            return;
        }
        SourceValue receiver = frame.getStack(frame.getStackSize() - 1 - depth);
        for (AbstractInsnNode origin : receiver.insns) {
            if (origin instanceof FieldInsnNode field) {
                FieldRef target = new FieldRef(BytecodeReader.dotted(field.owner), field.name);
                touches.add(new Touch(target, instruction instanceof MethodInsnNode call ? call.name : "[…] =", line));
            }
        }
    }

    /** How deep in the stack the changed object is; -1 when the instruction changes none. */
    private static int receiverDepth(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call
                && call.getOpcode() != Opcodes.INVOKESTATIC
                && Mutators.changes(call.owner, call.name)) {
            return Type.getArgumentCount(call.desc);
        }
        boolean storesIntoArray =
                instruction.getOpcode() >= Opcodes.IASTORE && instruction.getOpcode() <= Opcodes.SASTORE;
        return storesIntoArray ? 2 : -1;
    }
}
