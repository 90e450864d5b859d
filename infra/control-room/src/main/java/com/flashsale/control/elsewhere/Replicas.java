package com.flashsale.control.elsewhere;

import com.flashsale.client.platform.PlatformState.Service;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The replicas of one service, one for each address of its names. A replica keeps its number as long as its address is
 * known, and a new one takes the lowest number that is free.
 */
final class Replicas {

    /** Of one service; further ones are not shown. */
    private static final int MOST = 16;

    private static final int LATE_TO_BE_SILENT = 3;

    /** The addresses of a name, as the system knows them at this moment. */
    interface Resolver {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** @param note the address, or why there is none */
    private record Place(String url, boolean resolved, String note) {}

    /**
     * @param late how often in succession it has not answered in time
     * @param gone nothing listened at the last look
     * @param restarts how often it answered again after it was gone
     */
    private record Known(int number, String state, int late, boolean gone, int restarts, Place place) {

        static Known first(int number, String answer, Place place) {
            var state = answer.equals(Readiness.LATE) ? Readiness.SILENT : answer;
            return new Known(number, state, 0, answer.equals(Readiness.SILENT), 0, place);
        }

        /** A busy replica is late now and then; it counts as silent when it is late time after time. */
        Known then(String answer) {
            if (answer.equals(Readiness.LATE)) {
                var shown = late + 1 < LATE_TO_BE_SILENT ? state : Readiness.SILENT;
                return new Known(number, shown, late + 1, gone, restarts, place);
            }
            boolean silent = answer.equals(Readiness.SILENT);
            return new Known(number, answer, 0, silent, restarts + (gone && !silent ? 1 : 0), place);
        }
    }

    private final Service described;
    private final List<URI> names;
    private final Resolver resolver;
    private Map<String, Known> known = Map.of();

    /** @param described the rows of the description that have the same name, at least one */
    Replicas(List<Service> described) {
        this(described, InetAddress::getAllByName);
    }

    Replicas(List<Service> described, Resolver resolver) {
        this.described = described.getFirst();
        this.names = described.stream().map(Replicas::management).distinct().toList();
        this.resolver = resolver;
    }

    private static URI management(Service row) {
        var uri = URI.create(row.managementUrl());
        if (uri.getHost() != null) return uri;
        throw new IllegalArgumentException(
                row.name() + " needs a managementUrl with a host, not " + row.managementUrl());
    }

    /** Asks all replicas at once. Used by one thread at a time. */
    List<Service> look(Readiness readiness, ExecutorService threads) throws InterruptedException {
        var asked = new LinkedHashMap<Place, Future<String>>();
        names.stream()
                .flatMap(this::places)
                .limit(MOST)
                .forEach(place -> asked.put(place, ask(place, readiness, threads)));
        var urls = asked.keySet().stream().map(Place::url).toList();
        var taken = known.entrySet().stream()
                .filter(one -> urls.contains(one.getKey()))
                .map(one -> one.getValue().number())
                .toList();
        var now = new LinkedHashMap<String, Known>();
        for (var one : asked.entrySet()) {
            var place = one.getKey();
            now.put(place.url(), seen(place, DescribedPlatform.resultOf(one.getValue()), taken, now));
        }
        known = now;
        return now.values().stream().map(this::service).toList();
    }

    private static Future<String> ask(Place place, Readiness readiness, ExecutorService threads) {
        return place.resolved()
                ? threads.submit(() -> readiness.of(place.url()))
                : CompletableFuture.completedFuture(Readiness.SILENT);
    }

    private Known seen(Place place, String state, List<Integer> taken, Map<String, Known> now) {
        var before = known.get(place.url());
        return before == null ? Known.first(free(taken, now), state, place) : before.then(state);
    }

    private static int free(List<Integer> taken, Map<String, Known> now) {
        return IntStream.rangeClosed(1, 2 * MOST)
                .filter(number -> !taken.contains(number))
                .filter(number -> now.values().stream().noneMatch(one -> one.number() == number))
                .findFirst()
                .orElseThrow();
    }

    /** Of a name with addresses of both versions of IP, only version 4: they are of the same replicas. */
    private Stream<Place> places(URI name) {
        try {
            var all = List.of(resolver.of(name.getHost()));
            boolean both = all.stream().anyMatch(Inet4Address.class::isInstance);
            return all.stream()
                    .filter(one -> !both || one instanceof Inet4Address)
                    .map(InetAddress::getHostAddress)
                    .distinct()
                    .sorted()
                    .map(address -> new Place(at(name, address), true, address));
        } catch (UnknownHostException none) {
            return Stream.of(new Place(name.toString(), false, "its name has no address"));
        }
    }

    private static String at(URI name, String address) {
        try {
            return new URI(name.getScheme(), null, address, name.getPort(), null, null, null).toString();
        } catch (URISyntaxException noAddress) {
            throw new IllegalStateException(noAddress);
        }
    }

    private Service service(Known one) {
        var id = described.name() + "-" + one.number();
        return new Service(
                described.name(),
                id,
                one.state(),
                described.url(),
                one.place().url(),
                null,
                null,
                0,
                one.restarts(),
                null,
                one.place().note(),
                null);
    }
}
