package com.flashsale.waitlist;

import com.flashsale.platform.test.ServiceTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The service with limits that a few people reach; one for all tests that need it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServiceTest(properties = {"waitlist.room.most-subscribers=2", "waitlist.list.most-entries=2"})
public @interface SmallLimits {}
