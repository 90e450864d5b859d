package com.flashsale.sample.note;

import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class WriteNote {

    private final Notes notes;
    private final Outbox outbox;

    WriteNote(Notes notes, Outbox outbox) {
        this.notes = notes;
        this.outbox = outbox;
    }

    @Transactional
    void write(Note note) {
        notes.add(note);
        var id = note.id().toString();
        outbox.append(new OutboxEvent("sample.note", id, "com.flashsale.sample.note.written.v1", id, note));
    }
}
