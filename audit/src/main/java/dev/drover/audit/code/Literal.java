package dev.drover.audit.code;

/** A string constant where it is used. The line is 0 for a constant that its own class never uses. */
public record Literal(String value, Place place) {}
