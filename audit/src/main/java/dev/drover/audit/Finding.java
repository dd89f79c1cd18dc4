package dev.drover.audit;

/**
 * State that does not survive.
 *
 * @param rule the rule's id, for example {@code bean-store}
 * @param type the class, with its package
 * @param file the source file's name
 * @param line 0 when the bytecode does not say
 * @param member the field or method as {@code Class.member}
 * @param what what is there
 * @param why what breaks when an instance is killed or a second one added
 * @param fix what to do instead
 */
public record Finding(
        ChecklistItem item,
        String rule,
        String type,
        String file,
        int line,
        String member,
        String what,
        String why,
        String fix) {

    /** {@code Orders.java:27}, or without the line when there is none. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }

    @Override
    public String toString() {
        return "[%s] %s (%s) %s. %s Fix: %s".formatted(item.title(), member, place(), what, why, fix);
    }
}
