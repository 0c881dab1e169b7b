package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.crois.contract.Json;
import io.crois.execution.EcrImages;
import io.crois.execution.ImageDetails;
import io.crois.execution.ImageInspector;
import io.crois.workflow.CroisException;
import io.crois.workflow.ForEach;
import io.crois.workflow.Operand;
import io.crois.workflow.Parameter;
import io.crois.workflow.Step;
import io.crois.workflow.Workflow;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;

/** Images are pushed and looked up, wherever the registry comes from; blobs come from a server on this machine. */
abstract class EcrImagesContract {
    private static final String HOST = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    private final Map<String, String> blobs = new ConcurrentHashMap<>();
    private HttpServer server;
    private EcrClient ecr;
    private ImageInspector images;

    /** Returns a registry without repositories. */
    abstract EcrClient registry();

    @BeforeEach
    void a_registry_with_a_repository() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = blobs.getOrDefault(exchange.getRequestURI().getPath().substring(1), "")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        ecr = registry();
        ecr.createRepository(request -> request.repositoryName("demo/train"));
        images = EcrImages.create(withBlobs(ecr));
    }

    @AfterEach
    void no_blobs_any_more() {
        server.stop(0);
    }

    /** No imitation of ECR serves layers. */
    private EcrClient withBlobs(EcrClient client) {
        return (EcrClient) Proxy.newProxyInstance(
                EcrClient.class.getClassLoader(), new Class<?>[] {EcrClient.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getDownloadUrlForLayer")) {
                        var builder = GetDownloadUrlForLayerRequest.builder();
                        ((Consumer<GetDownloadUrlForLayerRequest.Builder>) arguments[0]).accept(builder);
                        return GetDownloadUrlForLayerResponse.builder()
                                .downloadUrl("http://127.0.0.1:"
                                        + server.getAddress().getPort() + "/"
                                        + builder.build().layerDigest())
                                .build();
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void an_image_is_told_by_its_digest_with_what_it_runs() {
        String digest = push("1", "amd64");

        ImageDetails details = images.inspect(HOST + "/demo/train:1").orElseThrow();

        assertThat(details.reference()).isEqualTo(HOST + "/demo/train@" + digest);
        assertThat(details.entryPoint()).containsExactly("/bin/train", "--fast");
        assertThat(details.command()).containsExactly("amd64");
        assertThat(details.user()).isEqualTo("app");
        assertThat(details.workingDirectory()).isEqualTo("/work");
        assertThat(images.inspect(details.reference())).contains(details);
    }

    @Test
    void of_an_image_for_several_platforms_the_one_of_the_machines_is_looked_at() {
        String arm = push("arm", "arm64");
        String amd = push("amd", "amd64");
        String all = put("all", INDEX, index(Map.of("arm64", arm, "amd64", amd)));
        put("arm-only", INDEX, index(Map.of("arm64", arm)));

        ImageDetails details = images.inspect(HOST + "/demo/train:all").orElseThrow();

        assertThat(details.reference()).endsWith("@" + all);
        assertThat(details.command()).containsExactly("amd64");
        assertThatThrownBy(() -> images.inspect(HOST + "/demo/train:arm-only"))
                .isInstanceOf(CroisException.class)
                .hasMessage(
                        "Image `" + HOST + "/demo/train:arm-only` is not built for linux/amd64, but for linux/arm64."
                                + " Build it for that platform as well.");
    }

    @Test
    void what_is_not_there_is_told_and_another_registry_is_left_alone() {
        assertThatThrownBy(() -> images.inspect(HOST + "/demo/train:none"))
                .isInstanceOf(CroisException.class)
                .hasMessage("Amazon ECR has no image `" + HOST + "/demo/train:none`. Push it, or correct its name.");
        assertThatThrownBy(() -> images.inspect(HOST + "/demo/nothing:1")).hasMessageStartingWith("Amazon ECR has no");
        assertThat(images.inspect("docker.io/library/python:3")).isEmpty();
    }

    @Test
    void a_pinned_workflow_names_digests_and_the_commands_of_the_images() {
        String digest = push("1", "amd64");
        Parameter<JsonNode> grid = Parameter.json("grid");
        Workflow workflow = Workflow.builder()
                .name("training")
                .parameter(grid)
                .step("own", s -> s.image(HOST + "/demo/train:1").command("other"))
                .forEach("tune", grid, (body, item) -> body.step("fit", s -> s.image(HOST + "/demo/train:1")))
                .step("else", s -> s.image("demo/report:1").command("report"))
                .build();

        Workflow pinned = images.pin(workflow);

        Step own = (Step) pinned.body().elements().get(0);
        Step fit = (Step)
                ((ForEach) pinned.body().elements().get(1)).body().elements().get(0);
        assertThat(own.image()).isEqualTo(HOST + "/demo/train@" + digest);
        assertThat(own.command()).isEqualTo(List.of(Operand.of("other")));
        assertThat(fit.image()).isEqualTo(own.image());
        assertThat(fit.command())
                .isEqualTo(List.of(Operand.of("/bin/train"), Operand.of("--fast"), Operand.of("amd64")));
        assertThat(pinned.body().elements().get(2))
                .isEqualTo(workflow.body().elements().get(2));
    }

    private String push(String tag, String architecture) {
        String config = Json.write(Map.<String, Object>of(
                "os",
                "linux",
                "architecture",
                architecture,
                "config",
                Map.<String, Object>of(
                        "Entrypoint",
                        List.of("/bin/train", "--fast"),
                        "Cmd",
                        List.of(architecture),
                        "User",
                        "app",
                        "WorkingDir",
                        "/work")));
        String digest = sha256(config);
        blobs.put(digest, config);
        return put(
                tag,
                MANIFEST,
                Json.write(Map.<String, Object>of(
                        "schemaVersion",
                        2,
                        "mediaType",
                        MANIFEST,
                        "config",
                        Map.<String, Object>of(
                                "mediaType",
                                "application/vnd.oci.image.config.v1+json",
                                "digest",
                                digest,
                                "size",
                                config.length()),
                        "layers",
                        List.of(Map.of("digest", sha256(architecture))))));
    }

    private String put(String tag, String type, String manifest) {
        return ecr.putImage(request -> request.repositoryName("demo/train")
                        .imageTag(tag)
                        .imageManifestMediaType(type)
                        .imageManifest(manifest))
                .image()
                .imageId()
                .imageDigest();
    }

    private static String index(Map<String, String> digests) {
        return Json.write(Map.<String, Object>of(
                "schemaVersion",
                2,
                "mediaType",
                INDEX,
                "manifests",
                digests.entrySet().stream()
                        .map(one -> Map.<String, Object>of(
                                "mediaType",
                                MANIFEST,
                                "digest",
                                one.getValue(),
                                "size",
                                1,
                                "platform",
                                Map.of("os", "linux", "architecture", one.getKey())))
                        .toList()));
    }

    static String sha256(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
