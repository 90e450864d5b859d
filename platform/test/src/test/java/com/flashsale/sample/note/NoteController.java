package com.flashsale.sample.note;

import com.flashsale.platform.time.Ids;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/notes")
class NoteController {

    private final WriteNote writeNote;
    private final Notes notes;

    NoteController(WriteNote writeNote, Notes notes) {
        this.writeNote = writeNote;
        this.notes = notes;
    }

    record NewNote(String text) {}

    @PostMapping
    Note write(@AuthenticationPrincipal Jwt token, @RequestBody NewNote request) {
        var note = new Note(Ids.next(), UUID.fromString(token.getSubject()), request.text());
        writeNote.write(note);
        return note;
    }

    @GetMapping
    List<String> mine(@AuthenticationPrincipal Jwt token) {
        return notes.by(UUID.fromString(token.getSubject()));
    }
}
