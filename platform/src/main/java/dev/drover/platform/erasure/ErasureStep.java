package dev.drover.platform.erasure;

import java.util.Locale;

/** What is done to erase a user, in this order: once the account and its sessions are gone, nothing new comes from them. */
public enum ErasureStep {
    ACCOUNT,
    MEDIA,
    JOBS,
    ROOMS,
    PROFILE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
