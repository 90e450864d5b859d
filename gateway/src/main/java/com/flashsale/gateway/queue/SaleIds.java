package com.flashsale.gateway.queue;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids as the services write them: {@code UUID.fromString} takes more than that. */
public final class SaleIds {

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final String SALES = "/api/v1/sales/";

    private SaleIds() {}

    /** The sale's id in the path of something of the sale. */
    public static @Nullable UUID ofPath(String path, String something) {
        return path.startsWith(SALES) && path.endsWith(something)
                ? idOrNull(path.substring(SALES.length(), path.length() - something.length()))
                : null;
    }

    public static @Nullable UUID idOrNull(@Nullable String text) {
        return text != null && ID.matcher(text).matches() ? UUID.fromString(text) : null;
    }
}
