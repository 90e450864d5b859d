package com.flashsale.gateway.fastpath;

/**
 * State of one connection in {@link FastPathHandler}. A response is due while a request is with Reactor Netty. A fast
 * response would overtake it (HTTP/1.1 pipelining, RFC 9112, section 9.3.2), so a fast path answers only while no
 * response is due.
 *
 * <pre>{@code
 * state      | event                                   | effect                      | next state
 * -----------+-----------------------------------------+-----------------------------+-----------
 * Idle       | head that a fast path may answer        | keep it                     | Buffering
 * Idle       | any other head                          | pass it on                  | Forwarded
 * Idle       | rest of a body, answered before its end | pass it on                  | Idle
 * Buffering  | end of a request for a stream           | give the connection away    | Streaming
 * Buffering  | end of a request, a fast path answers   | write the response          | Idle
 * Buffering  | end of a request, forwarded at once     | ForwardingHandler takes it  | Idle
 * Buffering  | end of a request, no fast path answers  | pass the parts on           | Forwarded
 * Buffering  | end of the bytes at hand                | pass the parts on           | Forwarded
 * Forwarded  | head, part of a body                    | pass it on                  | Forwarded
 * Forwarded  | end of the last due response            | -                           | Idle
 * Idle       | malformed head that is the whole request| -                           | Skipping
 * Skipping   | end of that request                     | write the refusal           | Idle
 * the first 3| malformed head or body, otherwise       | discard what follows        | Refusing
 * Refusing   | no earlier response is due              | write the refusal           | Closing
 * Closing    | message, response                       | discard it                  | Closing
 * Streaming  | message                                 | discard it                  | Streaming
 * }</pre>
 *
 * <p>The end of the connection releases the parts, closes the stream, and ends all due responses.
 */
sealed interface ConnectionState {

    Idle IDLE = new Idle();

    /** No request is read here, and no response is due. */
    record Idle() implements ConnectionState {}

    /** A request is read that a fast path may answer. Its parts are with the handler. */
    record Buffering(FastPathRequest request) implements ConnectionState {}

    /** Reactor Netty may owe responses. */
    sealed interface Awaiting extends ConnectionState {

        DueResponses due();
    }

    /** @param due at least one */
    record Forwarded(DueResponses due) implements Awaiting {}

    /** The rest of a malformed request is skipped; the connection survives the refusal. */
    record Skipping(Refusal refusal) implements ConnectionState {}

    /** A refusal waits for the responses before it. */
    record Refusing(Refusal refusal, DueResponses due) implements Awaiting {}

    /** @param due the response to the refused request itself, which never comes, if Reactor Netty has that request */
    record Closing(DueResponses due) implements Awaiting {}

    record Streaming(StreamConnection connection) implements ConnectionState {}
}
