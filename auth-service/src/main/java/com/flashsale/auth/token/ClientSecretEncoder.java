package com.flashsale.auth.token;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Compares machine secrets by digest, in constant time. Spring's default, bcrypt, would let any caller that sends wrong
 * secrets to the token endpoint keep a core busy.
 */
final class ClientSecretEncoder implements PasswordEncoder {

    @Override
    public @Nullable String encode(@Nullable CharSequence raw) {
        return raw == null ? null : Digests.sha256(raw);
    }

    @Override
    public boolean matches(@Nullable CharSequence raw, @Nullable String encoded) {
        return raw != null && encoded != null && Digests.matches(raw, encoded);
    }
}
