package com.flashsale.platform.outbox;

import com.flashsale.platform.test.TestKafka;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The messages that reached the consumer since the last clear: deliveries on the topic, effects in the database. */
@Component
public class Effects {

    private final JdbcClient jdbc;
    private int offset;

    public Effects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void clear() {
        offset = TestKafka.events("thing").size();
        jdbc.sql("truncate effect").update();
    }

    public int deliveries() {
        return TestKafka.events("thing").size() - offset;
    }

    public long count() {
        return jdbc.sql("select count(*) from effect").query(Long.class).single();
    }

    public List<Integer> numbersOf(String key) {
        return jdbc.sql("select number from effect where key = :key order by position")
                .param("key", key)
                .query(Integer.class)
                .list();
    }
}
