package dev.drover.profile.profiles;

import java.util.List;

import dev.drover.platform.problem.Violation;

/** What a request wants to make of a profile. It depends on nothing but the profile, because it is applied again after a lost race. */
@FunctionalInterface
interface ProfileEdit {

    Result apply(Profile current);

    sealed interface Result {
        record Accepted(ProfileContent content) implements Result {}

        /**
         * @param unknown members there is no place for
         * @param invalid members whose value is not right
         */
        record Refused(List<Violation> unknown, List<Violation> invalid) implements Result {
            public Refused {
                unknown = List.copyOf(unknown);
                invalid = List.copyOf(invalid);
            }
        }
    }
}
