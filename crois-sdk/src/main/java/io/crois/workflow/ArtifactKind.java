package io.crois.workflow;

/** Whether an artifact is one file or a folder of files. */
public enum ArtifactKind {
    /** One file. */
    FILE,
    /** A folder with any number of files below it. */
    FOLDER
}
