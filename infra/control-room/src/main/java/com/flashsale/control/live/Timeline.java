package com.flashsale.control.live;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last events of the platform, oldest first. Any thread may add one. */
public final class Timeline {

    private static final int MOST = 200;

    private final Clock clock;
    private final Deque<Marker> markers = new ArrayDeque<>();
    private long next = 1;

    public Timeline(Clock clock) {
        this.clock = clock;
    }

    public void add(Marker.Kind kind, String text) {
        add(kind, text, false);
    }

    public synchronized void add(Marker.Kind kind, String text, boolean grave) {
        markers.addLast(new Marker(next++, clock.millis(), kind, text, grave));
        if (markers.size() > MOST) markers.removeFirst();
    }

    public synchronized List<Marker> all() {
        return List.copyOf(markers);
    }

    /** A browser that misses a message or two still gets each marker. */
    public synchronized List<Marker> ofTheLast(Duration time) {
        long since = clock.millis() - time.toMillis();
        return markers.stream().filter(marker -> marker.at() >= since).toList();
    }
}
