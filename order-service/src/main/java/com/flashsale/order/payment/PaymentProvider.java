package com.flashsale.order.payment;

import com.flashsale.order.sale.Money;
import com.flashsale.platform.idempotency.IdempotencyKeys;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.TraceContext;
import java.net.http.HttpClient;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider over HTTP, one request per method. It throws on any failure to get an answer; {@link GuardedProvider}
 * knows the meaning of a failure.
 */
@Component
class PaymentProvider {

    private record ChargeRequest(UUID orderId, Money amount, String paymentMethod) {}

    private record Charge(String state) {}

    private record Charges(long charges) {}

    private final RestClient http;
    private final JsonMapper json;

    PaymentProvider(PaymentProviderSettings settings, JsonMapper json) {
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        // its own client: other calls must not use up the connections that carry money
        var factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build());
        factory.setReadTimeout(settings.readTimeout());
        this.http = RestClient.builder()
                .requestFactory(factory)
                .baseUrl(settings.url())
                .defaultHeader(HttpHeaders.AUTHORIZATION, "Bearer " + settings.key())
                .requestInterceptor((request, body, execution) -> {
                    var traceparent = TraceContext.currentTraceparent();
                    if (traceparent != null) request.getHeaders().set(TraceContext.HEADER, traceparent);
                    return execution.execute(request, body);
                })
                .build();
    }

    /** Takes the money, once for this payment however often it is asked. */
    Answer charge(Payment payment) {
        var body = json.writeValueAsBytes(new ChargeRequest(
                payment.orderId(), payment.amount(), payment.method().wireName()));
        return answer(http.post()
                .uri("/v1/charges")
                .header(IdempotencyKeys.HEADER, payment.id().toString())
                .headers(headers -> tag(headers, payment))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .retrieve()
                .body(byte[].class));
    }

    private static void tag(HttpHeaders headers, Payment payment) {
        if (payment.loadTest() != null) headers.set(LoadTest.HEADER, payment.loadTest());
    }

    /** The number of charges of a load test. */
    long chargesOf(String loadTest) {
        return charges(http.get().uri("/v1/load-tests/{run}", loadTest).retrieve());
    }

    /** Removes them with their entries in the ledger, and says how many there were. */
    long removeChargesOf(String loadTest) {
        return charges(http.delete().uri("/v1/load-tests/{run}", loadTest).retrieve());
    }

    private long charges(RestClient.ResponseSpec answer) {
        var body = answer.body(byte[].class);
        if (body == null) throw new IllegalStateException("the provider says nothing about its charges");
        return json.readValue(body, Charges.class).charges();
    }

    Answer ask(UUID paymentId) {
        return http.get().uri("/v1/charges/{id}", paymentId).exchangeForRequiredValue((_, response) -> {
            if (response.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) return new Answer.NotKnown();
            if (!response.getStatusCode().is2xxSuccessful()) throw response.createException();
            return answer(response.bodyTo(byte[].class));
        });
    }

    Answer refund(UUID paymentId) {
        return answer(
                http.post().uri("/v1/charges/{id}/refund", paymentId).retrieve().body(byte[].class));
    }

    private Answer answer(byte @Nullable [] body) {
        var state = body == null ? null : json.readValue(body, Charge.class).state();
        return switch (state) {
            case "CAPTURED" -> new Answer.Captured();
            case "DECLINED" -> new Answer.Declined();
            case "REFUNDED" -> new Answer.Refunded();
            case null, default -> new Answer.Unclear("a state that we do not know");
        };
    }
}
