package com.flashsale.platform.loadtest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables whose rows can carry a tag: all that have a column {@code load_test}, so that none can be forgotten. */
class TaggedTables {

    /** The pages of 8 KiB that one statement reads: a large table takes many short statements and no long one. */
    private static final int PAGES = 8_192;

    private final JdbcClient jdbc;

    TaggedTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The tables in an order in which they can be emptied: a table comes before the tables that it refers to. */
    List<String> names() {
        var left = new LinkedHashMap<String, Set<String>>();
        jdbc.sql("""
                select c.relname as name,
                       array(select r.conrelid::regclass::text
                               from pg_constraint r
                              where r.confrelid = c.oid
                                and r.contype = 'f'
                                and r.conrelid <> c.oid)::text[] as referrers
                  from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attname = 'load_test' and not a.attisdropped
                 where c.relnamespace = current_schema()::regnamespace
                   and c.relkind = 'r'
                 order by c.relname
                """).query(row -> {
            left.put(row.getString("name"), new LinkedHashSet<>(List.of((String[])
                    row.getArray("referrers").getArray())));
        });
        var sorted = new ArrayList<String>();
        while (!left.isEmpty()) sorted.add(next(left));
        return sorted;
    }

    private static String next(Map<String, Set<String>> left) {
        var free = left.entrySet().stream()
                .filter(table -> table.getValue().stream().noneMatch(left::containsKey))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("tables refer to each other in a circle: " + left));
        left.remove(free.getKey());
        return free.getKey();
    }

    long tagged(String table, String run) {
        return jdbc.sql("select count(*) from " + table + " where load_test = :run")
                .param("run", run)
                .query(Long.class)
                .single();
    }

    /** Deletes at most {@code limit} rows; returns how many. */
    int delete(String table, String run, int limit) {
        return jdbc.sql("""
                delete from %1$s
                 where ctid = any (array(select ctid from %1$s where load_test = :run limit :limit))
                   and load_test = :run
                """.formatted(table))
                .param("run", run)
                .param("limit", limit)
                .update();
    }

    /**
     * The digest of all rows that are not of the run, each with all its columns, independent of their order. It covers
     * one snapshot if the caller's transaction is one.
     */
    Digest others(String table, String run) {
        var digest = Digest.NOTHING;
        long pages = jdbc.sql("select pg_relation_size(:table::regclass) / current_setting('block_size')::int")
                .param("table", table)
                .query(Long.class)
                .single();
        for (long page = 0; page <= pages; page += PAGES) {
            digest = digest.plus(slice(table, run, page));
        }
        return digest;
    }

    private Digest slice(String table, String run, long from) {
        return jdbc.sql("""
                select count(*) as rows,
                       coalesce(bit_xor(hash), 0) as mixed,
                       coalesce(sum(hash), 0)::text as sum
                  from (select hashtextextended(t::text, 0) as hash
                          from %s t
                         where ctid >= :from::tid
                           and ctid < :to::tid
                           and load_test is distinct from :run) as hashed
                """.formatted(table))
                .param("from", "(" + from + ",0)")
                .param("to", "(" + (from + PAGES) + ",0)")
                .param("run", run)
                .query((row, _) -> Digest.of(row.getLong("rows"), row.getLong("mixed"), row.getString("sum")))
                .single();
    }
}
