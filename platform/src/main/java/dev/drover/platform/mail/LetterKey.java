package dev.drover.platform.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a letter lies until it is sent: {@code drover:{<owner>}:letter:<26 characters>}, in the slot of the account it is about, written
 * by the script of the change it tells of. It is a hash of {@code to}, {@code subject}, {@code text} and perhaps {@code html}, and
 * expires when its content does.
 */
public record LetterKey(String owner, String unique) {

    private static final Pattern FORM = Pattern.compile("drover:\\{(usr_[0-9a-z]{26})}:letter:([0-9a-z]{26})");

    public LetterKey {
        if (!FORM.matcher(name(owner, unique)).matches()) {
            throw new IllegalArgumentException("not the key of a letter");
        }
    }

    /** Empty when it is not the name of a letter, whoever asks for it. */
    public static Optional<LetterKey> parse(String name) {
        Matcher form = FORM.matcher(name);
        return form.matches() ? Optional.of(new LetterKey(form.group(1), form.group(2))) : Optional.empty();
    }

    private static String name(String owner, String unique) {
        return "drover:{" + owner + "}:letter:" + unique;
    }

    @Override
    public String toString() {
        return name(owner, unique);
    }
}
