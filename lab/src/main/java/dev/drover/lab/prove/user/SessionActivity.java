package dev.drover.lab.prove.user;

import java.util.Optional;

/** What only users who are logged in do. */
interface SessionActivity extends Activity {
    void perform(User user, Session session) throws InterruptedException;

    @Override
    default void perform(User user) throws InterruptedException {
        Optional<Session> session = user.session();
        if (session.isPresent()) {
            perform(user, session.get());
        }
    }
}
