package com.flashsale.local.service;

import java.nio.file.Path;

/** A service unpacked for a fast start: its own jar, whose manifest names the libraries beside it. */
public record App(Path jar) {}
