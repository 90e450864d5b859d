package com.flashsale.platform.loadtest;

import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The durable state of load tests: whether they are served, and which runs are purged. */
class LoadSwitch {

    private static final int MOST_RUNS = 10_000;

    private final JdbcClient jdbc;

    LoadSwitch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param purged the newest 10,000 runs; no topic holds messages of older ones */
    record State(boolean served, Set<String> purged) {}

    State read() {
        var purged = new HashSet<String>();
        var served = new boolean[1];
        jdbc.sql("""
                select null as run, served
                  from load_switch
                union all
                (select run, false
                   from load_run
                  order by purged_at desc
                  limit :most)
                """).param("most", MOST_RUNS).query(row -> {
            var run = row.getString("run");
            if (run == null) served[0] = row.getBoolean("served");
            else purged.add(run);
        });
        return new State(served[0], Set.copyOf(purged));
    }

    @Transactional
    public void turn(boolean served) {
        jdbc.sql("update load_switch set served = :served, changed_at = now()")
                .param("served", served)
                .update();
    }

    @Transactional
    public void purged(String run) {
        jdbc.sql("insert into load_run (run) values (:run) on conflict do nothing")
                .param("run", run)
                .update();
    }
}
