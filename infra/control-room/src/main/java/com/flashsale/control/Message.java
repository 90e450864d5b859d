package com.flashsale.control;

import com.flashsale.control.fault.Faults;
import com.flashsale.control.light.Light;
import com.flashsale.control.live.Marker;
import com.flashsale.control.load.LoadStories;
import com.flashsale.control.sample.ChartPoint;
import com.flashsale.control.sample.Sample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The message of one second to all browsers.
 *
 * @param load the load test of this moment; null without one
 * @param markers of the last ten seconds; a browser knows them by their numbers
 */
record Message(
        Sample sample,
        ChartPoint point,
        Light light,
        List<Faults.Active> faults,
        LoadStories.@Nullable Running load,
        List<Marker> markers) {}
