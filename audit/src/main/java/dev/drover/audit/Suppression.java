package dev.drover.audit;

/**
 * A finding somebody has answered for.
 *
 * @param by the annotation, or the allow file and its line
 * @param because the reason given
 */
public record Suppression(Finding finding, String by, String because) {}
