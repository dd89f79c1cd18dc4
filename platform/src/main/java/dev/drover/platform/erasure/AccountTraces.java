package dev.drover.platform.erasure;

/** What other services than auth-service keep of an account beside its media and jobs, and how it is removed. Each operation may be repeated. */
public interface AccountTraces {

    /** Asks auth-service for the end of the account and its sessions; see its errands. */
    void askForTheEndOfTheAccount(String account);

    /** Whether auth-service has erased it: no session of it counts any more, and its address is free. */
    boolean isAccountErased(String account);

    /** Whatever makes it a member of rooms of realtime-service; a room it is the only owner of ends. */
    void leaveRooms(String account);

    /** The profile, its preferences, handles and card; its channel of events. */
    void eraseProfile(String account);
}
