package dev.drover.lab.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The mails of the suite, newest first; the oldest make way. They are for people to look at and end with the lab. */
public final class Mailbox {
    public static final int MAILS_MAX = 500;
    private static final int SHOWN_MAX = 100;

    private final Deque<ReceivedMail> mails = new ArrayDeque<>();

    synchronized void add(ReceivedMail mail) {
        mails.addFirst(mail);
        while (mails.size() > MAILS_MAX) {
            mails.removeLast();
        }
    }

    /** At most {@value #SHOWN_MAX}, newest first. */
    public synchronized List<ReceivedMail> all() {
        return mails.stream().limit(SHOWN_MAX).toList();
    }

    /** The same, to one address. */
    public synchronized List<ReceivedMail> to(String address) {
        String wanted = address.strip().toLowerCase(Locale.ROOT);
        return mails.stream()
                .filter(mail -> mail.to().toLowerCase(Locale.ROOT).equals(wanted))
                .limit(SHOWN_MAX)
                .toList();
    }
}
