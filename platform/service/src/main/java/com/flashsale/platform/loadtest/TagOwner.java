package com.flashsale.platform.loadtest;

/**
 * The owner of rows that have no tag of their own. In each table with this column, a row belongs to the load test of
 * the owner's row that the column names. A service declares each of its owners as a bean.
 *
 * @param column by which rows of other tables name their owner
 * @param table of the owner, which has a column {@code load_test} or an owner itself
 * @param key of the owner in its table
 * @param tied whether a foreign key keeps the owner as long as its rows; else the key is a UUID, and {@link RunKeys}
 *     know it when the owner has gone or has not come yet
 */
public record TagOwner(String column, String table, String key, boolean tied) {}
