package com.flashsale.platform.messaging;

import com.flashsale.platform.observability.TraceContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One message of a poll. A batch is handled in one transaction, but each of its events continues its own trace. The
 * span of the event is a child of its sender's span and the parent of all work that the event causes. Without an agent
 * there is no span, and the trace continues as received.
 */
record Delivery(ConsumerRecord<String, byte[]> message, Event event, Span span) {

    private static final Tracer TRACER = GlobalOpenTelemetry.getTracer("com.flashsale.platform");

    static Delivery begin(String consumer, ConsumerRecord<String, byte[]> message, Event event) {
        var span = span(consumer, message, event);
        var context = span.getSpanContext();
        var trace = context.isValid() ? TraceContext.of(context) : TraceContext.begin();
        return new Delivery(message, event.handledIn(trace.traceparent()), span);
    }

    private static Span span(String consumer, ConsumerRecord<String, byte[]> message, Event event) {
        var builder = TRACER.spanBuilder(message.topic() + " handle").setSpanKind(SpanKind.CONSUMER);
        var sender = event.traceparent();
        return (sender == null
                        ? builder.setNoParent()
                        : builder.setParent(TraceContext.from(sender).inContext()))
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", message.topic())
                .setAttribute("messaging.consumer.group.name", consumer)
                .setAttribute("messaging.message.id", event.id().toString())
                .setAttribute("cloudevents.event_type", event.type())
                .startSpan();
    }

    void failed(Throwable why) {
        span.recordException(why).setStatus(StatusCode.ERROR);
    }

    void end() {
        span.end();
    }
}
