package dev.drover.lab.fleet;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Ids such as {@code auth-1-x7f}: readable, and never used twice while the lab runs. */
final class InstanceIds {
    private static final String ALPHABET = "abcdefghjkmnpqrstvwxyz23456789";
    private static final int LETTERS = 3;

    private final Random random = new Random();
    private final Set<String> used = new HashSet<>();

    synchronized String next(Slot slot) {
        String id;
        do {
            id = slot.label() + "-" + letters();
        } while (!used.add(id));
        return id;
    }

    private String letters() {
        StringBuilder letters = new StringBuilder(LETTERS);
        for (int i = 0; i < LETTERS; i++) {
            letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return letters.toString();
    }
}
