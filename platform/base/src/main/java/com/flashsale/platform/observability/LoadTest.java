package com.flashsale.platform.observability;

import com.flashsale.platform.observability.TraceContext.Scope;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The load-test run that the current work belongs to; absent for real traffic. Each row, message and event that this
 * work produces carries the tag, so that a purge finds all of them.
 */
public final class LoadTest {

    /** The header of a request. It counts only from a caller with the right to run load tests. */
    public static final String HEADER = "X-Load-Test";

    /** The attribute of an event, a CloudEvents extension. */
    public static final String EVENT_HEADER = "loadtest";

    /** The claim in the access token of a synthetic customer. */
    public static final String CLAIM = "load_test";

    private static final String MDC_KEY = "loadTest";
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private LoadTest() {}

    /** The tag, if it is one: at most 64 letters, digits, dots, dashes and underscores. */
    public static Optional<String> valid(@Nullable String tag) {
        return Optional.ofNullable(tag).filter(text -> VALID.matcher(text).matches());
    }

    /** The tag of this thread's work. */
    public static @Nullable String current() {
        return MDC.get(MDC_KEY);
    }

    /** This thread works for that run, or for none, until the scope is closed; log lines carry the tag. */
    public static Scope open(@Nullable String tag) {
        var before = current();
        TraceContext.restore(MDC_KEY, valid(tag).orElse(null));
        return () -> TraceContext.restore(MDC_KEY, before);
    }
}
