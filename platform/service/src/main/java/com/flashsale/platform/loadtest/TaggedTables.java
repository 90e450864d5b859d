package com.flashsale.platform.loadtest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables whose rows can belong to a load test: all that name an owner or have a column {@code load_test}, so that
 * none can be forgotten. The tag of an owner counts, and not a column of the row.
 */
class TaggedTables {

    private final JdbcClient jdbc;
    private final List<TagOwner> owners;

    TaggedTables(JdbcClient jdbc, List<TagOwner> owners) {
        this.jdbc = jdbc;
        this.owners = owners;
    }

    /** The tables in an order in which they can be emptied: a table comes before its owner and what it refers to. */
    List<TaggedTable> sorted() {
        var columns = new LinkedHashMap<String, Set<String>>();
        var left = new LinkedHashMap<String, Set<String>>();
        jdbc.sql("""
                select c.relname as name,
                       array(select a.attname::text
                               from pg_attribute a
                              where a.attrelid = c.oid
                                and a.attnum > 0
                                and not a.attisdropped) as columns,
                       array(select r.conrelid::regclass::text
                               from pg_constraint r
                              where r.confrelid = c.oid
                                and r.contype = 'f'
                                and r.conrelid <> c.oid) as referrers
                  from pg_class c
                 where c.relnamespace = current_schema()::regnamespace
                   and c.relkind = 'r'
                 order by c.relname
                """).query(row -> {
            var name = row.getString("name");
            columns.put(name, Set.of((String[]) row.getArray("columns").getArray()));
            left.put(name, new HashSet<>(List.of((String[])
                    row.getArray("referrers").getArray())));
        });
        columns.forEach((name, its) -> {
            var owner = ownerOf(name, its);
            if (owner.isEmpty() && !its.contains("load_test")) left.remove(name);
            owner.ifPresent(one ->
                    left.computeIfAbsent(one.table(), _ -> new HashSet<>()).add(name));
        });
        var sorted = new ArrayList<TaggedTable>();
        while (!left.isEmpty()) {
            var name = next(left);
            sorted.add(new TaggedTable(name, mine(name, columns), looseKey(name)));
        }
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

    private Optional<TagOwner> ownerOf(String name, Set<String> columns) {
        return owners.stream()
                .filter(owner ->
                        columns.contains(owner.column()) && !owner.table().equals(name))
                .findFirst();
    }

    private String looseKey(String name) {
        return owners.stream()
                .filter(owner -> owner.table().equals(name) && !owner.tied())
                .map(TagOwner::key)
                .findFirst()
                .orElse("");
    }

    /** An owner that is there decides alone, so that a wrong key cannot take its rows. */
    private String mine(String name, Map<String, Set<String>> columns) {
        return ownerOf(name, columns.getOrDefault(name, Set.of()))
                .map(owner -> (owner.tied() ? "exists (select from %3$s where %3$s.%4$s = %1$s.%2$s and %5$s)" : """
                                %1$s.%2$s in (select %4$s from %3$s where %5$s
                                              union all
                                              select key
                                                from load_run_key
                                               where run = :run
                                                 and not exists (select from %3$s where %3$s.%4$s = load_run_key.key))
                                """)
                        .formatted(name, owner.column(), owner.table(), owner.key(), mine(owner.table(), columns)))
                .orElse(name + ".load_test = :run");
    }
}
