package com.flashsale.audit.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.Json;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A queue ticket as a person can name it: the sale and the number, {@code SALE/NUMBER}, or the signed ticket itself.
 * The signature is not verified: the ticket only tells what to look for, and it is never shown.
 *
 * @param number null on a ticket of the lobby
 * @param customer null if only the number is known
 */
record TicketNumber(
        UUID sale, @Nullable Long number, @Nullable UUID customer) {

    private static final Pattern SIGNED = Pattern.compile("[\\w-]+\\.([\\w-]+)\\.[\\w-]+");
    private static final Pattern NUMBERED = Pattern.compile("([0-9a-fA-F-]{36})[/:#](\\d{1,18})");

    static Optional<TicketNumber> of(String text) {
        var numbered = NUMBERED.matcher(text);
        if (numbered.matches()) {
            return uuid(numbered.group(1)).map(sale -> new TicketNumber(sale, Long.valueOf(numbered.group(2)), null));
        }
        var signed = SIGNED.matcher(text);
        return signed.matches() ? ofClaims(signed.group(1)) : Optional.empty();
    }

    private static Optional<TicketNumber> ofClaims(String claims) {
        try {
            var tree = Json.tree(new String(Base64.getUrlDecoder().decode(claims), UTF_8));
            var number = tree.path("number");
            var customer = uuid(tree.path("sub").asString(""));
            return uuid(tree.path("sale").asString(""))
                    .filter(_ -> customer.isPresent())
                    .map(sale -> new TicketNumber(
                            sale, number.isNumber() ? Long.valueOf(number.asLong()) : null, customer.get()));
        } catch (IllegalArgumentException | JacksonException noTicket) {
            return Optional.empty();
        }
    }

    static Optional<UUID> uuid(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
