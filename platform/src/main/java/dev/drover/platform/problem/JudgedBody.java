package dev.drover.platform.problem;

import java.util.List;

/**
 * A body with rules that no annotation says. What they find stands in the one answer that names everything that is wrong with the body,
 * beside members there is no place for, values of another type and broken annotations.
 */
public interface JudgedBody {

    /**
     * What is wrong with members, each judged by itself. Any of them may be null: it was left out, or could not be read, and then what is said
     * of it here is not told. So a rule that something must be there, because something else is not, is none of these.
     */
    List<Violation> violations();
}
