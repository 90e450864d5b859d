package com.flashsale.auth.signin;

import java.time.Duration;
import java.time.Instant;

/** Failed attempts of one account or one network, forgotten one by one as time passes. */
record Failures(int count, Instant last) {

    /** @param free failures before the first wait, which are also those that a quarter of an hour forgets */
    record Allowance(int free, Duration longestWait) {

        private static final Duration FORGET_ALL_FREE = Duration.ofMinutes(15);

        Duration forgetOne() {
            return FORGET_ALL_FREE.dividedBy(free);
        }
    }

    private static final int DOUBLINGS = 20;

    static Failures none() {
        return new Failures(0, Instant.EPOCH);
    }

    Failures oneMore(Instant now, Allowance allowance) {
        return new Failures(countAt(now, allowance) + 1, now);
    }

    Failures oneLess() {
        return new Failures(Math.max(0, count - 1), last);
    }

    /** 0 while attempts are free, then 1 s, 2 s, 4 s … after the last one. */
    Duration waitAt(Instant now, Allowance allowance) {
        var tooMany = countAt(now, allowance) - allowance.free();
        if (tooMany < 0) return Duration.ZERO;
        var pause = Duration.ofSeconds(1L << Math.min(tooMany, DOUBLINGS));
        var ends = last.plus(pause.compareTo(allowance.longestWait()) < 0 ? pause : allowance.longestWait());
        return ends.isAfter(now) ? Duration.between(now, ends) : Duration.ZERO;
    }

    /** Whether the free attempts are used up, also when no wait is running. */
    boolean exceedAt(Instant now, Allowance allowance) {
        return countAt(now, allowance) >= allowance.free();
    }

    private int countAt(Instant now, Allowance allowance) {
        var forgotten = Duration.between(last, now).dividedBy(allowance.forgetOne());
        return (int) Math.max(0, count - Math.max(0, forgotten));
    }
}
