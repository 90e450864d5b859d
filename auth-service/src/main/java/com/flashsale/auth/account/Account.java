package com.flashsale.auth.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person who can sign in. */
public record Account(UUID id, String email, @Nullable String displayName) {

    /** Only the id: the rest is personal. */
    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
