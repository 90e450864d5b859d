package com.flashsale.load.observe;

import com.flashsale.reports.law.HotPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** The methods in which a recorded JVM ran most often. */
final class HotPlaces {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final int MOST = 3;

    private HotPlaces() {}

    static List<HotPlace> of(String process, Path recording) throws IOException {
        var samples = new HashMap<String, Integer>();
        int all = 0;
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (!event.getEventType().getName().equals(SAMPLE)) continue;
                all++;
                samples.merge(method(event), 1, Integer::sum);
            }
        }
        double total = all;
        return samples.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Integer> each) -> -each.getValue())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST)
                .map(each -> new HotPlace(process, each.getKey(), each.getValue() / total))
                .toList();
    }

    private static String method(RecordedEvent sample) {
        var trace = sample.getStackTrace();
        if (trace == null || trace.getFrames().isEmpty()) return "unknown";
        var method = trace.getFrames().getFirst().getMethod();
        return method.getType().getName() + "." + method.getName();
    }
}
