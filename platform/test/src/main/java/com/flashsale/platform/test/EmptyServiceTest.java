package com.flashsale.platform.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The service as on its first day: a database of its own in which no table has a row, and no news from others. For one
 * class of a module; a second one would find what the first has left.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ServiceTest(properties = {ServiceTestInitializer.DATABASE + "=empty", "spring.kafka.listener.auto-startup=false"})
public @interface EmptyServiceTest {}
