package com.flashsale.sample.note;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

record Note(UUID id, @Nullable UUID author, String text) {}
