package com.flashsale.gateway.stream;

import com.flashsale.gateway.queue.QueueSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A snapshot as an event of the stream (HTML standard, server-sent events), encoded once for all watchers.
 *
 * @param face the fields whose change a watcher notices
 * @param data the snapshot itself
 */
record QueueEvent(long id, JsonNode face, String data, byte[] bytes) {

    static final String NAME = "queue";
    private static final String TIME = "serverTime";

    /** Fields that change all the time; the page needs them only with other news. */
    private static final List<String> RESTLESS = List.of(TIME, "pollAfterMs", "waitSeconds");

    static QueueEvent of(QueueSnapshot snapshot, JsonMapper json) {
        var data = new String(snapshot.body(), StandardCharsets.UTF_8)
                .replace('\n', ' ')
                .replace('\r', ' ');
        var face = read(data, json);
        var id = System.currentTimeMillis();
        if (face instanceof ObjectNode object) {
            id = millis(object.get(TIME), id);
            object.remove(RESTLESS);
        }
        var text = "event:" + NAME + "\nid:" + id + "\ndata:" + data + "\n\n";
        return new QueueEvent(id, face, data, text.getBytes(StandardCharsets.UTF_8));
    }

    boolean looksLike(QueueEvent other) {
        return face.equals(other.face);
    }

    /**
     * The first event of a stream says when to reconnect, so that clients that lost their streams together do not
     * return together.
     */
    byte[] first(long retryMillis) {
        var retry = ("retry:" + retryMillis + "\n").getBytes(StandardCharsets.UTF_8);
        var all = Arrays.copyOf(retry, retry.length + bytes.length);
        System.arraycopy(bytes, 0, all, retry.length, bytes.length);
        return all;
    }

    private static JsonNode read(String data, JsonMapper json) {
        try {
            return json.readTree(data);
        } catch (JacksonException unreadable) {
            return json.getNodeFactory().stringNode(data);
        }
    }

    private static long millis(@Nullable JsonNode time, long otherwise) {
        try {
            return time == null ? otherwise : Instant.parse(time.asString()).toEpochMilli();
        } catch (DateTimeException unreadable) {
            return otherwise;
        }
    }
}
