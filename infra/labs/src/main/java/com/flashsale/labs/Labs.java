package com.flashsale.labs;

import com.flashsale.client.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All labs of a clone, by number. */
public record Labs(List<Lab> all) {

    public static Labs of(Path root) throws IOException {
        var directory = root.resolve("docs/labs");
        if (!Files.isDirectory(directory)) {
            throw ToolException.prerequisite(directory + " is missing: labs need a clone of the repository.");
        }
        var labs = new ArrayList<Lab>();
        try (var found = Files.newDirectoryStream(directory, Labs::isLab)) {
            for (var each : found) labs.add(Lab.read(each));
        }
        labs.sort(Comparator.comparingInt(Lab::number));
        return new Labs(List.copyOf(labs));
    }

    private static boolean isLab(Path path) {
        return Files.isDirectory(path)
                && Lab.NAME.matcher(String.valueOf(path.getFileName())).matches();
    }

    public Lab find(String number) {
        return all.stream()
                .filter(lab -> number.matches("0*" + lab.number()))
                .findFirst()
                .orElseThrow(() -> ToolException.usage(
                        "There is no lab " + number + ": give a number from 1 to " + all.size() + "."));
    }
}
