package io.crois.execution;

import io.crois.contract.ItemKey;
import io.crois.contract.PlatformSettings;
import io.crois.contract.Run;
import io.crois.contract.StoredArtifact;
import io.crois.table.CroisTable;
import io.crois.workflow.ArtifactKind;
import io.crois.workflow.CroisException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * What the executions of a project stored, read as whoever the clients' credentials are. The project must have admitted
 * that role (see {@code io.crois.project.ProjectDefinition}); Crois lends nobody the rights of the project.
 * Thread-safe.
 */
public final class Artifacts {
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);

    private final S3Client s3;
    private final S3Presigner presigner;
    private final CroisTable table;
    private final String project;

    private Artifacts(S3Client s3, S3Presigner presigner, CroisTable table, String project) {
        this.s3 = s3;
        this.presigner = presigner;
        this.table = table;
        this.project = project;
    }

    /** Returns the artifacts of a project. */
    public static Artifacts create(
            S3Client s3, S3Presigner presigner, DynamoDbClient dynamoDb, PlatformSettings platform, String project) {
        Names.check("project", project);
        return new Artifacts(s3, presigner, CroisTable.create(dynamoDb, s3, platform, Clock.systemUTC()), project);
    }

    /** Returns all artifacts that the steps of an execution published, in the order of their scopes and names. */
    public List<StoredArtifact> list(String execution) {
        Names.check("execution", execution);
        return table.query(ItemKey.partition(Run.of(project, execution)), "ARTIFACT#", StoredArtifact.class)
                .toList();
    }

    /** Returns the artifacts that one step published; in every iteration, if it stands in a forEach. */
    public List<StoredArtifact> list(String execution, String step) {
        String home = project + "/" + execution + "/";
        return list(execution).stream()
                .filter(artifact -> step.equals(stepOf(artifact.key().substring(home.length()))))
                .toList();
    }

    /** Returns the step from {@code <scope><step>/<attempt>/<artifact>}; the scope ends in {@code /}. */
    private static String stepOf(String key) {
        String file = key.endsWith("/") ? key.substring(0, key.length() - 1) : key;
        String[] parts = file.split("/", -1);
        return parts.length < 3 ? "" : parts[parts.length - 3];
    }

    /** Returns the content of an artifact; reading it fails unless the project has admitted the caller. */
    public ArtifactContent content(StoredArtifact artifact) {
        refuseForeign(artifact);
        return new ArtifactContent(s3, artifact);
    }

    /**
     * Returns a link with which anybody can fetch a file until it ends, with the rights that the caller has then. It
     * ends earlier when the caller's credentials do.
     *
     * @param life from one second to one hour
     * @throws CroisException if the artifact is a folder, or belongs to another project
     */
    public URI link(StoredArtifact artifact, Duration life) {
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("life must be from 1 second to 1 hour, but was " + life + ".");
        }
        refuseForeign(artifact);
        if (artifact.kind() != ArtifactKind.FILE) {
            throw new CroisException("Artifact `" + artifact.artifact()
                    + "` is a folder, and a link leads to one file. Copy it with copyTo.");
        }
        return URI.create(presigner
                .presignGetObject(request -> request.signatureDuration(life)
                        .getObjectRequest(
                                object -> object.bucket(artifact.bucket()).key(artifact.key())))
                .url()
                .toString());
    }

    private void refuseForeign(StoredArtifact artifact) {
        if (!artifact.key().startsWith(project + "/")) {
            throw new CroisException(
                    "Artifact `" + artifact.artifact() + "` does not belong to project `" + project + "`.");
        }
    }
}
