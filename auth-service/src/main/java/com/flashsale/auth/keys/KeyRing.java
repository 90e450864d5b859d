package com.flashsale.auth.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All signing keys and the state of each at a given moment. The newest key whose time has come signs. A key with a
 * successor stays published for as long as a token that it signed may live.
 *
 * @param longestTokenLife with the allowance for clock skew
 */
record KeyRing(List<SigningKey> keys, Duration longestTokenLife) {

    enum State {
        NEXT,
        ACTIVE,
        RETIRED
    }

    /** @param publishedUntil when the key disappears; null while it has no successor */
    record Entry(SigningKey key, State state, @Nullable Instant publishedUntil) {}

    KeyRing {
        keys = keys.stream().sorted(Comparator.comparing(SigningKey::signsFrom)).toList();
    }

    SigningKey active(Instant now) {
        return keys.stream()
                .filter(key -> !key.signsFrom().isAfter(now))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IllegalStateException("there is no key to sign with"));
    }

    /** Keys that verifiers may know at this moment, the oldest first. */
    List<Entry> published(Instant now) {
        return java.util.stream.IntStream.range(0, keys.size())
                .mapToObj(index -> entry(index, now))
                .filter(entry ->
                        entry.publishedUntil() == null || entry.publishedUntil().isAfter(now))
                .toList();
    }

    private Entry entry(int index, Instant now) {
        var key = keys.get(index);
        var follower = index + 1 < keys.size() ? keys.get(index + 1).signsFrom() : null;
        var state = key.signsFrom().isAfter(now)
                ? State.NEXT
                : follower == null || follower.isAfter(now) ? State.ACTIVE : State.RETIRED;
        return new Entry(key, state, follower == null ? null : follower.plus(longestTokenLife));
    }
}
