package com.flashsale.violation.edge;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;

class Copies {

    private final JdbcClient jdbc;

    Copies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @KafkaListener(topics = "some")
    void on(String message) {
        jdbc.sql("delete from some where id = ?").param(message).update();
    }
}
