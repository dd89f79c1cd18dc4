package dev.drover.audit.code;

/** A field as the bytecode names it. */
record FieldRef(String owner, String name) {}
