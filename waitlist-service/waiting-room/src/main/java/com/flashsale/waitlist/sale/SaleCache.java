package com.flashsale.waitlist.sale;

import com.flashsale.platform.loadtest.LoadRunPurged;
import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.time.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The sales of today in memory, so that no request asks the database for terms. Events update the replica that reads
 * them at once and all others by {@link #refresh()}, twice a second. A sale that ended an hour ago is read from the
 * database when it is asked for.
 */
@Component
public class SaleCache {

    /** Rows that were committed out of the order of their time stamps are read again for this long. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** A sale this young may be unknown only because its event is still on the way. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    /**
     * Clocks differ, and the one of Redis decides: a room is there from before any clock opens it until after any clock
     * ends it.
     */
    private static final Duration BEFORE_LOBBY = Duration.ofMinutes(10);

    private static final Duration AFTER_END = Duration.ofMinutes(10);

    /** How long the memory keeps a sale after its end. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Sales sales;
    private final Stocks stocks;
    private final Clock clock;
    private final Map<SaleId, Sale> terms = new ConcurrentHashMap<>();
    private final Map<SaleId, Stock> stock = new ConcurrentHashMap<>();
    private final EndedSales ended = new EndedSales();
    private final SaleArrivals arrivals = new SaleArrivals();
    private final LoadTests loadTests;
    private final ApplicationEventPublisher events;
    private Instant refreshedAt = Instant.EPOCH;

    SaleCache(Sales sales, Stocks stocks, Clock clock, LoadTests loadTests, ApplicationEventPublisher events) {
        this.sales = sales;
        this.stocks = stocks;
        this.clock = clock;
        this.loadTests = loadTests;
        this.events = events;
    }

    public Optional<KnownSale> find(SaleId id) {
        var sale = terms.get(id);
        return sale == null ? Optional.empty() : Optional.of(known(sale));
    }

    /** Also a sale that another replica learnt of a moment ago: the database knows it, and this cache will. */
    public Optional<KnownSale> findAnywhere(SaleId id) {
        return find(id).or(() -> lookUp(id));
    }

    /** Waits a moment for a sale that was created a moment ago, so that a script may create one and join it. */
    public Optional<KnownSale> await(SaleId id) {
        var known = find(id);
        if (known.isPresent()) return known;
        if (!isYoung(id)) return ended.find(id, this::lookUp);
        return arrivals.await(id, () -> find(id), () -> findAnywhere(id));
    }

    /** By the id itself, which carries the moment it was made; any other unknown id is answered at once. */
    public boolean isYoung(SaleId id) {
        var madeAt = Ids.madeAt(id.value());
        return Duration.between(madeAt, clock.instant()).abs().compareTo(YOUNG) < 0;
    }

    private Optional<KnownSale> lookUp(SaleId id) {
        var sale = sales.find(id);
        if (sale.isEmpty() || isForgotten(sale.get())) return Optional.empty();
        var known = stocks.find(id);
        if (isOver(sale.get()))
            return Optional.of(new KnownSale(sale.get(), known.orElseGet(() -> Stock.untouched(sale.get()))));
        learn(sale.get());
        known.ifPresent(this::learn);
        return find(id);
    }

    private boolean isOver(Sale sale) {
        return sale.endsAt().plus(KEPT).isBefore(clock.instant());
    }

    /** Sales for which something may happen now: from a little before the lobby until a while after the end. */
    public List<KnownSale> current() {
        var now = clock.instant();
        return terms.values().stream()
                .filter(sale -> isCurrent(sale, now))
                .map(this::known)
                .toList();
    }

    /** The same of one sale. */
    public Optional<KnownSale> current(SaleId id) {
        return find(id).filter(known -> isCurrent(known.sale(), clock.instant()));
    }

    public boolean isCurrent(KnownSale known) {
        return isCurrent(known.sale(), clock.instant());
    }

    /** It has ended, and its room is not kept any longer. */
    public boolean isOver(KnownSale known) {
        return known.sale().endsAt().plus(AFTER_END).isBefore(clock.instant());
    }

    /**
     * The run of a load test that the sale is for; null for real customers. The memory forgets a sale when its run is
     * purged, the database when its last row has gone.
     */
    public @Nullable String loadTestOf(SaleId id) {
        var known = terms.get(id);
        return known != null
                ? known.loadTest()
                : sales.find(id).map(Sale::loadTest).orElse(null);
    }

    private static boolean isCurrent(Sale sale, Instant now) {
        return sale.lobbyOpensAt().minus(BEFORE_LOBBY).isBefore(now)
                && sale.endsAt().plus(AFTER_END).isAfter(now);
    }

    /**
     * By the database's clock, which stamped the rows: with its own, a replica whose clock is fast would learn nothing.
     */
    public void refresh() {
        var since = refreshedAt.equals(Instant.EPOCH) ? Instant.EPOCH : refreshedAt.minus(OVERLAP);
        var now = sales.now();
        sales.changedSince(since).forEach(this::learn);
        stocks.changedSince(since).forEach(this::learn);
        refreshedAt = now;
        ended.refill(now);
        forget(this::isOver);
    }

    private void forget(Predicate<Sale> which) {
        List.copyOf(terms.values()).stream().filter(which).forEach(this::forget);
    }

    private void forget(Sale sale) {
        terms.remove(sale.id());
        stock.remove(sale.id());
        events.publishEvent(new Sale.Evicted(sale.id()));
    }

    /** Its rows may still be there for a moment; nothing is to be done for it any more. */
    private boolean isForgotten(Sale sale) {
        return sale.loadTest() != null && loadTests.isPurged(sale.loadTest());
    }

    void learn(Sale sale) {
        ended.forget(sale.id());
        if (isForgotten(sale) || isOver(sale)) return;
        terms.merge(sale.id(), sale, (old, fresh) -> old.version() >= fresh.version() ? old : fresh);
        arrivals.signal();
    }

    public void learn(Stock fresh) {
        stock.merge(fresh.sale(), fresh, (old, next) -> old.version() >= next.version() ? old : next);
    }

    @EventListener
    void forget(LoadRunPurged purged) {
        forget(sale -> sale.isFor(purged.run()));
    }

    /** Reads through to the database, in the caller's transaction. */
    public Stock stockInDatabase(KnownSale known) {
        return stocks.find(known.id()).orElse(Stock.untouched(known.sale()));
    }

    private KnownSale known(Sale sale) {
        var known = stock.get(sale.id());
        return new KnownSale(sale, known == null ? Stock.untouched(sale) : known);
    }
}
