package dev.drover.auth.token;

import java.security.PrivateKey;

/** The key tokens are signed with. Its id is the RFC 7638 thumbprint of the public half, so all instances agree on it without a word. */
record SigningKey(String id, PrivateKey key) {

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
