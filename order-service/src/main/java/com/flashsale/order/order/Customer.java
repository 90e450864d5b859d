package com.flashsale.order.order;

import java.util.Objects;
import java.util.UUID;
import org.springframework.security.oauth2.jwt.Jwt;

/** The customer of a request: the subject of its verified token, never a value in its body. */
public final class Customer {

    private Customer() {}

    public static UUID idOf(Jwt token) {
        return UUID.fromString(Objects.requireNonNull(token.getSubject(), "a token of scope shop has a subject"));
    }
}
