package com.flashsale.platform.test;

/** Where the engines of a test come from. Each is started at its first use and gone with this JVM. */
interface EngineProvider {

    TestEngines.Postgres postgres();

    TestEngines.Redis redis();

    TestEngines.Kafka kafka();
}
