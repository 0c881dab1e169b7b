package io.crois.runtime.agent.transfer;

import io.crois.runtime.agent.aws.ObjectPlace;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Says what is wrong with the disk. */
final class Disk {

    private Disk() {}

    static TransferFailure changed(ObjectPlace place, Path file) {
        return new TransferFailure(
                TransferFailure.Kind.LOCAL, place, "File `" + file.getFileName() + "` changed while it was stored.");
    }

    static TransferFailure failure(ObjectPlace place, Path file, IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return new TransferFailure(TransferFailure.Kind.STOPPED, place, "It was stopped from outside.", e);
        }
        String name = "File `" + file.getFileName() + "`";
        String message = String.valueOf(e.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        String what;
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            what = name + " does not fit: the disk is full. Give the step more ephemeral storage.";
        } else if (lower.contains("file name too long")) {
            what = name + " has a name that is too long for this disk.";
        } else if (e instanceof AccessDeniedException) {
            what = name + " may not be read or written by the user of this container.";
        } else if (e instanceof NoSuchFileException) {
            what = name + " vanished while it was transferred.";
        } else {
            what = name + " could not be read or written: " + e.getClass().getSimpleName() + ".";
        }
        return new TransferFailure(TransferFailure.Kind.LOCAL, place, what, e);
    }
}
