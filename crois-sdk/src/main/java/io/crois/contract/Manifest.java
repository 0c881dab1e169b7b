package io.crois.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stored folder holds; written last, at {@code <prefix without the last slash>.manifest.json}, so that a folder
 * without its manifest is not complete.
 *
 * @param folders the paths of the folders that hold nothing
 */
public record Manifest(List<Entry> entries, @Nullable List<String> folders) {

    public Manifest {
        entries = List.copyOf(entries);
        folders = folders == null ? List.of() : List.copyOf(folders);
    }

    @Override
    public List<String> folders() {
        return folders == null ? List.of() : folders;
    }

    /** Returns the key of the manifest of a folder whose keys begin with {@code prefix}. */
    public static String keyOf(String prefix) {
        return (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + ".manifest.json";
    }

    /**
     * One file.
     *
     * @param path relative to the folder, with {@code /} between its parts
     * @param sha256 hex
     * @param executable whether its owner may execute it
     */
    public record Entry(String path, long bytes, String sha256, boolean executable) {}
}
