package com.flashsale.sample.note;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class Notes {

    private final JdbcClient jdbc;

    Notes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Note note) {
        jdbc.sql("insert into note (id, author, text) values (:id, :author, :text)")
                .param("id", note.id())
                .param("author", note.author())
                .param("text", note.text())
                .update();
    }

    List<String> by(UUID author) {
        return jdbc.sql("select text from note where author = :author")
                .param("author", author)
                .query(String.class)
                .list();
    }
}
