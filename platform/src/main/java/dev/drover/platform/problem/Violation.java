package dev.drover.platform.problem;

/**
 * One thing wrong with the input.
 *
 * @param pointer where: a JSON pointer (RFC 6901) into the body, or the name of a parameter or header
 * @param message what would be right
 */
public record Violation(String pointer, String message) {}
