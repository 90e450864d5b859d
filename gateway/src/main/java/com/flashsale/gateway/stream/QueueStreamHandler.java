package com.flashsale.gateway.stream;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.client.Trace;
import com.flashsale.gateway.queue.QueueSnapshot;
import com.flashsale.gateway.queue.QueueSnapshots;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stream of a queue for requests that cannot be answered on the connection: pipelined ones, and those with a
 * chunked body.
 */
@Component
class QueueStreamHandler {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final QueueSnapshots snapshots;
    private final JsonMapper json;

    QueueStreamHandler(QueueSnapshots snapshots, JsonMapper json) {
        this.snapshots = snapshots;
        this.json = json;
    }

    Mono<ServerResponse> open(ServerRequest request) {
        var sale = QueueSnapshots.saleOf(request);
        var exchange = request.exchange();
        return snapshots
                .of(sale, Caller.keyOf(exchange), Trace.of(exchange))
                .map(QueueSnapshots::foundOnly)
                .flatMap(first -> ServerResponse.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .cacheControl(CacheControl.noStore())
                        .body(BodyInserters.fromServerSentEvents(events(sale, first))));
    }

    private Flux<ServerSentEvent<String>> events(UUID sale, QueueSnapshot first) {
        var watched = new WatchedQueue(first, json);
        return Flux.interval(BEAT)
                .onBackpressureDrop()
                .concatMap(_ -> snapshots
                        .refresh(sale)
                        .doOnNext(watched::take)
                        .onErrorComplete()
                        .then(Mono.fromSupplier(watched::event)))
                .startWith(watched.event())
                .distinctUntilChanged(System::identityHashCode)
                .map(event -> ServerSentEvent.builder(event.data())
                        .event(QueueEvent.NAME)
                        .id(Long.toString(event.id()))
                        .retry(Duration.ofMillis(QueueStreams.retryMillis()))
                        .build())
                .take(LONGEST);
    }
}
