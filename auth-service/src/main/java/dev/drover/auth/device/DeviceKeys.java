package dev.drover.auth.device;

/** Names of what is remembered of an account's log-ins, in the account's slot. */
public final class DeviceKeys {

    private DeviceKeys() {}

    /** A sorted set: hashes of devices with their networks, by the time of the last log-in from there, in milliseconds. */
    public static String devices(String account) {
        return "drover:{" + account + "}:devices";
    }
}
