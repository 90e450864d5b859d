package com.flashsale.platform.loadtest;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * The rows of a run and all others. A table is read by its pages: the proof reads all of it anyway, and an index for
 * the purge would slow down each insert of real traffic.
 */
class TaggedRows {

    /** The pages of 8 KiB that one statement reads: a large table takes many short statements and no long one. */
    private static final int PAGES = 8_192;

    private final JdbcClient jdbc;

    TaggedRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * All rows of a table at one moment.
     *
     * @param mine the number of rows of the run
     * @param others the digest of all other rows, each with all its columns
     */
    record Content(long mine, Digest others) {}

    /** The content is that of one snapshot if the caller's transaction is one. */
    Content read(TaggedTable table, String run) {
        var content = new Content(0, Digest.NOTHING);
        for (long page = 0, end = pages(table); page <= end; page += PAGES) {
            var slice = slice(table, run, page, """
                    select count(*) filter (where mine) as mine,
                           count(*) filter (where not mine) as others,
                           coalesce(bit_xor(hash) filter (where not mine), 0) as mixed,
                           coalesce(sum(hash) filter (where not mine), 0)::text as sum
                      from (select hashtextextended((%1$s.*)::text, 0) as hash,
                                   (%2$s) is true as mine
                              from %1$s
                             where %1$s.ctid >= :from::tid
                               and %1$s.ctid < :to::tid
                            offset 0) as hashed -- a fence: the condition is decided once for each row
                    """)
                    .query((row, _) -> new Content(
                            row.getLong("mine"),
                            Digest.of(row.getLong("others"), row.getLong("mixed"), row.getString("sum"))))
                    .single();
            content =
                    new Content(content.mine() + slice.mine(), content.others().plus(slice.others()));
        }
        return content;
    }

    /** Deletes at most {@code limit} rows of the run, and remembers the keys of owners; returns how many. */
    int delete(TaggedTable table, String run, int limit) {
        if (!table.key().isEmpty()) remember(table, run);
        int deleted = 0;
        for (long page = 0, end = pages(table); page <= end && deleted < limit; page += PAGES) {
            deleted +=
                    slice(table, run, page, """
                    delete from %1$s
                     where ctid = any (array(select %1$s.ctid
                                               from %1$s
                                              where %1$s.ctid >= :from::tid
                                                and %1$s.ctid < :to::tid
                                                and %2$s
                                              limit :limit))
                    """).param("limit", limit - deleted).update();
        }
        return deleted;
    }

    private StatementSpec slice(TaggedTable table, String run, long page, String statement) {
        return jdbc.sql(statement.formatted(table.name(), table.mine()))
                .param("run", run)
                .param("from", "(" + page + ",0)")
                .param("to", "(" + (page + PAGES) + ",0)");
    }

    private long pages(TaggedTable table) {
        return jdbc.sql("select pg_relation_size(:table::regclass) / current_setting('block_size')::int")
                .param("table", table.name())
                .query(Long.class)
                .single();
    }

    private void remember(TaggedTable owner, String run) {
        jdbc.sql("""
                insert into load_run_key (run, key)
                select :run, %s
                  from %s
                 where %s
                on conflict do nothing
                """.formatted(owner.key(), owner.name(), owner.mine()))
                .param("run", run)
                .update();
    }
}
