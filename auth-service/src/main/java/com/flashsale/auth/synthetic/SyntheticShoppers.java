package com.flashsale.auth.synthetic;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.time.Ids;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The account rows of synthetic shoppers, many in one statement, with the tag of the load test that asks for them. */
@Repository
class SyntheticShoppers {

    private final JdbcClient jdbc;

    SyntheticShoppers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<UUID> add(int count) {
        var ids = Stream.generate(Ids::next).limit(count).toList();
        jdbc.sql("""
                insert into account (id, synthetic, load_test)
                select id, true, :loadTest
                  from unnest(:ids::uuid[]) as id
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .param("loadTest", LoadTest.current(), Types.VARCHAR)
                .update();
        return ids;
    }

    /** At most {@code limit} of them, so that no statement runs for long. */
    int removeSome(int limit) {
        return jdbc.sql("""
                delete from account
                 where id in (select id
                                from account
                               where synthetic
                               limit :limit)
                """).param("limit", limit).update();
    }
}
