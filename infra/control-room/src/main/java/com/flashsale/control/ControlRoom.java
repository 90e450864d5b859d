package com.flashsale.control;

import com.flashsale.audit.Findings.Violation;
import com.flashsale.client.Json;
import com.flashsale.client.loadtest.LoadTestCommandLine;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.control.elsewhere.DescribedPlatform;
import com.flashsale.control.fault.Faults;
import com.flashsale.control.fault.Probe;
import com.flashsale.control.http.Actions;
import com.flashsale.control.http.ControlServer;
import com.flashsale.control.http.Explainer;
import com.flashsale.control.http.OperatorActions;
import com.flashsale.control.http.Routes;
import com.flashsale.control.light.AuditLight;
import com.flashsale.control.live.History;
import com.flashsale.control.live.Marker.Kind;
import com.flashsale.control.live.Streams;
import com.flashsale.control.live.Timeline;
import com.flashsale.control.load.LoadStories;
import com.flashsale.control.sample.ChartPoint;
import com.flashsale.control.sample.Sampler;
import com.flashsale.control.steer.OperatorApi;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The control room of a platform. One thread takes a sample a second while a browser watches. Without one it only
 * compares the states of the processes, which the supervisor, or the look at a platform elsewhere, has in memory.
 */
public final class ControlRoom implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Markers go into all messages of this time, so a browser that misses some gets each marker. */
    private static final Duration REPEATED = Duration.ofSeconds(10);

    /** A reload of the page is no end of the watch. */
    private static final int IDLE_SECONDS = 5;

    private final Context context;
    private final Supplier<PlatformState> platform;
    private final Clock clock = Clock.systemUTC();
    private final Timeline timeline = new Timeline(clock);
    private final History history = new History();
    private final Streams streams = new Streams();
    private final Faults faults;
    private final OperatorApi operator;
    private final LoadStories loadStories;
    private final AuditLight light;
    private final Explainer explainer;
    private final PlatformChanges processes = new PlatformChanges(timeline);
    private final SaleChanges sales = new SaleChanges(timeline);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Place place;
    private final ControlServer server;
    private final Thread thread;
    private @Nullable Sampler sampler;
    private @Nullable DescribedPlatform watched;
    private int idle;

    private ControlRoom(Context context, Supplier<PlatformState> platform, Place place) throws IOException {
        this.context = context;
        this.platform = platform;
        this.place = place;
        this.faults = new Faults(context, platform, timeline, place.faults());
        this.operator = new OperatorApi(context, platform, timeline);
        this.loadStories = new LoadStories(
                place.loadTests(),
                story -> LoadTestCommandLine.orBuild(context.home(), story.arguments()),
                timeline,
                clock);
        this.light = new AuditLight(context, this::tell);
        this.explainer = new Explainer(context);
        var actions = new Actions(faults, loadStories, timeline);
        var routes = new Routes(streams, this::welcome, actions, new OperatorActions(operator), explainer);
        this.server = ControlServer.start(place.listens(), place.port(), routes);
        this.thread = Thread.ofPlatform().name("control-room").daemon().unstarted(this::run);
    }

    /** @param platform the processes at this moment; it is asked once a second and must be cheap */
    public static ControlRoom start(Context context, Supplier<PlatformState> platform) throws IOException {
        return start(context, platform, Place.besideSupervisor(context));
    }

    /**
     * The control room of a platform that others run. It closes what watches the platform, too.
     *
     * @param listens an address of loopback, or of a container of which only loopback of the host leads here
     * @param port 0 for any free one
     * @throws IllegalArgumentException for a description whose addresses are none
     */
    public static ControlRoom startElsewhere(Context context, PlatformState described, InetAddress listens, int port)
            throws IOException {
        var platform = DescribedPlatform.start(described, new Probe(context.addresses()));
        var room = start(context, platform, Place.of(described, listens, port));
        room.watched = platform;
        return room;
    }

    static ControlRoom start(Context context, Supplier<PlatformState> platform, Place place) throws IOException {
        var room = new ControlRoom(context, platform, place);
        room.thread.start();
        return room;
    }

    /** The address of the page. */
    public String url() {
        return "http://localhost:" + server.port() + "/control/";
    }

    private void tell(Violation violation) {
        timeline.add(Kind.AUDIT, violation.id() + " is violated: " + violation.subject(), true);
    }

    private byte[] welcome() {
        return Streams.message(
                "welcome",
                "{\"elsewhere\":%s,\"history\":%s,\"markers\":%s,\"faults\":%s,\"stories\":%s}"
                        .formatted(
                                place.elsewhere(),
                                history.json(),
                                Json.line(timeline.all()),
                                Json.line(faults.offered()),
                                Json.line(loadStories.offered())));
    }

    private void run() {
        try {
            long next = System.nanoTime();
            do {
                second();
                next = Math.max(next + EVERY.toNanos(), System.nanoTime());
            } while (!stopping.await(next - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            rest();
        }
    }

    private void second() throws InterruptedException {
        var state = platform.get();
        processes.look(state);
        idle = streams.count() == 0 ? idle + 1 : 0;
        if (idle > IDLE_SECONDS) rest();
        if (idle > 0) return;
        var running = sampler;
        if (running == null) {
            running = new Sampler(context);
            sampler = running;
            light.start();
            Thread.ofVirtual().name("explain-warm-up").start(explainer::warmUp);
        }
        var sample = running.take(state, clock.millis());
        if (sample.sales() != null) sales.look(sample.sales());
        var point = ChartPoint.of(sample);
        history.add(Json.line(point));
        var message = new Message(
                sample, point, light.now(), faults.active(), loadStories.running(), timeline.ofTheLast(REPEATED));
        streams.publish(Streams.message("second", Json.line(message)));
    }

    /** Lets go of all connections. */
    private void rest() {
        var running = sampler;
        sampler = null;
        if (running == null) return;
        running.close();
        light.stop();
        sales.forget();
    }

    /** Ends all faults first, so that no process stays frozen. */
    @Override
    public void close() {
        stopping.countDown();
        faults.close();
        loadStories.close();
        streams.close();
        server.close();
        operator.close();
        if (watched != null) watched.close();
        try {
            thread.join(EVERY.multipliedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
