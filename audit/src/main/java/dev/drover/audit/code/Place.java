package dev.drover.audit.code;

/**
 * A place in the source.
 *
 * @param type the class's name, with dots
 * @param method the method's name as in the source: a lambda belongs to the method it stands in
 * @param line 0 when the class was compiled without line numbers
 * @param duringStart whether it runs only while the object or the class comes to be or goes
 */
public record Place(String type, String method, int line, boolean duringStart) {}
