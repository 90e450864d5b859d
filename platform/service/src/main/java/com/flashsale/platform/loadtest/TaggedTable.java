package com.flashsale.platform.loadtest;

/**
 * A table with rows of load tests.
 *
 * @param mine the SQL condition on a row of the run {@code :run}
 * @param key the column whose values a purge remembers, since rows without a foreign key name them; else empty
 */
record TaggedTable(String name, String mine, String key) {}
