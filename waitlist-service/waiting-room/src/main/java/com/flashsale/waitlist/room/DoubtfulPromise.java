package com.flashsale.waitlist.room;

import org.jspecify.annotations.Nullable;

/**
 * A promise whose outcome only PostgreSQL knows.
 *
 * @param claim null when Redis has lost it
 */
record DoubtfulPromise(String member, @Nullable Claim claim) {}
