package com.flashsale.auth.signin;

import com.flashsale.auth.account.EmailAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Model of a page: its saved request, the typed values (never the password), and the errors.
 *
 * @param message for the whole form; empty when there is nothing to say
 * @param errors by field
 */
record Page(SavedRequest savedRequest, Map<String, String> typed, String message, Map<String, String> errors) {

    static Page empty(@Nullable String continuation) {
        return new Page(SavedRequest.of(continuation), Map.of(), "", Map.of());
    }

    static Page with(@Nullable String continuation, EmailAddress email, String message) {
        return new Page(SavedRequest.of(continuation), Map.of("email", email.typed()), message, Map.of());
    }

    /** Templates ask for fields that may have no value. */
    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }

    public String error(String field) {
        return errors.getOrDefault(field, "");
    }
}
