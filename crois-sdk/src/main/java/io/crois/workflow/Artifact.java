package io.crois.workflow;

/**
 * A file or folder that one step produces and later ones consume.
 *
 * @param collected whether all iterations of the producing forEach are meant; they arrive as a folder, one entry an
 *     index
 */
public record Artifact(String name, ArtifactKind kind, boolean collected) {

    /** Returns an artifact that is one file. */
    public static Artifact file(String name) {
        return new Artifact(name, ArtifactKind.FILE, false);
    }

    /** Returns an artifact that is a folder. */
    public static Artifact folder(String name) {
        return new Artifact(name, ArtifactKind.FOLDER, false);
    }

    /** Returns the artifacts of all iterations of the forEach that produces this one. */
    public Artifact all() {
        return new Artifact(name, kind, true);
    }
}
