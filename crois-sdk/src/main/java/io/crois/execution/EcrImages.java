package io.crois.execution;

import com.fasterxml.jackson.databind.JsonNode;
import io.crois.contract.Json;
import io.crois.workflow.CroisException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/**
 * Looks images up in Amazon ECR: the manifest, of an image for several platforms the one for Linux on the processor,
 * and its configuration. The caller needs {@code ecr:BatchGetImage} and {@code ecr:GetDownloadUrlForLayer}.
 * Thread-safe.
 */
public final class EcrImages implements ImageInspector {
    private static final Pattern REFERENCE = Pattern.compile(
            "(\\d{12})\\.dkr\\.ecr(?:-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com"
                    + "(?:\\.cn)?/([a-z0-9._/-]+?)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?");
    private static final List<String> INDEXES = List.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final List<String> MANIFESTS = List.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final EcrClient ecr;
    private final String architecture;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(LONGEST)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private EcrImages(EcrClient ecr, String architecture) {
        this.ecr = ecr;
        this.architecture = architecture;
    }

    /** Returns an inspector of images for {@code linux/amd64}, on which the platform runs containers. */
    public static EcrImages create(EcrClient ecr) {
        return new EcrImages(ecr, "amd64");
    }

    /** Where an image lies. */
    private record Place(String reference, String registry, String repository, ImageIdentifier id, String host) {
        String at(String digest) {
            return host + "/" + repository + "@" + digest;
        }
    }

    @Override
    public Optional<ImageDetails> inspect(String reference) {
        return place(reference).map(place -> {
            Image image = find(place, place.id());
            JsonNode manifest = Json.parse(image.imageManifest());
            if (manifest.path("manifests").isArray()) {
                manifest = ofPlatform(place, manifest);
            }
            JsonNode config = Json.parse(
                            blob(place, manifest.at("/config/digest").asText()))
                    .path("config");
            return new ImageDetails(
                    place.at(image.imageId().imageDigest()),
                    texts(config.path("Entrypoint")),
                    texts(config.path("Cmd")),
                    config.path("User").asText(""),
                    config.path("WorkingDir").asText(""));
        });
    }

    private static Optional<Place> place(String reference) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        ImageIdentifier.Builder id = ImageIdentifier.builder();
        if (matcher.group(4) != null) {
            id.imageDigest(matcher.group(4));
        } else {
            id.imageTag(matcher.group(3) == null ? "latest" : matcher.group(3));
        }
        String host = reference.substring(0, reference.indexOf('/'));
        return Optional.of(new Place(reference, matcher.group(1), matcher.group(2), id.build(), host));
    }

    private Image find(Place place, ImageIdentifier id) {
        List<String> accepted = new ArrayList<>(INDEXES);
        accepted.addAll(MANIFESTS);
        try {
            BatchGetImageResponse answer = ecr.batchGetImage(request -> request.registryId(place.registry())
                    .repositoryName(place.repository())
                    .imageIds(id)
                    .acceptedMediaTypes(accepted));
            return answer.images().stream().findFirst().orElseThrow(() -> missing(place));
        } catch (RepositoryNotFoundException none) {
            throw missing(place);
        }
    }

    private static CroisException missing(Place place) {
        return new CroisException("Amazon ECR has no image `" + place.reference() + "`. Push it, or correct its name.");
    }

    /** Attestations stand in an index as images of an unknown platform. */
    private JsonNode ofPlatform(Place place, JsonNode index) {
        List<String> platforms = new ArrayList<>();
        for (JsonNode entry : index.path("manifests")) {
            String os = entry.at("/platform/os").asText();
            String processor = entry.at("/platform/architecture").asText();
            if (os.equals("linux") && processor.equals(architecture)) {
                ImageIdentifier id = ImageIdentifier.builder()
                        .imageDigest(entry.path("digest").asText())
                        .build();
                return Json.parse(find(place, id).imageManifest());
            }
            if (!os.equals("unknown")) {
                platforms.add(os + "/" + processor);
            }
        }
        throw new CroisException("Image `" + place.reference() + "` is not built for linux/" + architecture
                + ", but for " + String.join(", ", platforms) + ". Build it for that platform as well.");
    }

    private String blob(Place place, String digest) {
        String url = ecr.getDownloadUrlForLayer(request -> request.registryId(place.registry())
                        .repositoryName(place.repository())
                        .layerDigest(digest))
                .downloadUrl();
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(LONGEST).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            throw unreadable(place, "it answered with " + answer.statusCode());
        } catch (IOException e) {
            throw unreadable(place, "it did not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreadable(place, "the thread was interrupted");
        }
    }

    private static CroisException unreadable(Place place, String why) {
        return new CroisException("The configuration of image `" + place.reference()
                + "` could not be read from Amazon ECR: " + why + ". Try again.");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
