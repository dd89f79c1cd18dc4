package dev.drover.platform.erasure;

import java.util.Optional;

/** The erasures that were asked for. Each operation may be repeated. */
public interface Erasures {

    /** Notes that the account is to be erased and puts the job for it on its queue; the one under way when there is one. */
    Erasure begin(String account);

    /** Empty when there is none, or it is over for a week. */
    Optional<Erasure> find(String id);

    /** The erasure of an account that was asked for and is not over. */
    Optional<String> ofAccount(String account);

    void done(String id, ErasureStep step);

    /** All steps are done; of the account only the erasure's own id is left. */
    void finish(Erasure erasure);
}
