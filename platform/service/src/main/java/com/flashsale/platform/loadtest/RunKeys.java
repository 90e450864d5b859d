package com.flashsale.platform.loadtest;

import com.flashsale.platform.sql.Columns;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keys of owners (see {@link TagOwner}) that belong to a run, stored for good. With them a purge also finds rows that
 * came before the row of their owner, or that outlived it.
 */
public class RunKeys {

    private final JdbcClient jdbc;

    RunKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A second call is harmless. */
    @Transactional
    public void remember(String run, Collection<UUID> keys) {
        jdbc.sql("""
                insert into load_run_key (run, key)
                select :run, key
                  from unnest(:keys) as told (key)
                 order by key
                on conflict do nothing
                """)
                .param("run", run)
                .param("keys", Columns.uuids(keys, key -> key))
                .update();
    }
}
