package io.crois.testkit.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crois.execution.ProjectSettings;
import io.crois.project.Secrets;
import io.crois.testkit.aws.InMemoryAws;
import io.crois.testkit.moto.PassingTime;
import io.crois.workflow.CroisException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

final class SecretsTest {
    private final InMemoryAws aws = InMemoryAws.create();
    private final SecretsManagerClient client = aws.secretsManager();
    private final ProjectSettings project = new ProjectSettings("demo", "f", "t", "e", "a", key());
    private final Secrets secrets = secrets(client);

    private String key() {
        return aws.kms().createKey().keyMetadata().arn();
    }

    private Secrets secrets(SecretsManagerClient through) {
        PassingTime time = new PassingTime();
        return Secrets.create(through, project, time, time);
    }

    @Test
    void a_secret_is_written_under_the_projects_key_and_what_was_given_is_wiped() throws IOException {
        char[] letters = "pässword".toCharArray();
        byte[] bytes = {(byte) 0xff, 1, 2};

        secrets.put("warehouse/password", letters);
        secrets.put("keystore", bytes);
        secrets.put("token", new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8)));

        assertThat(letters).containsOnly('\0');
        assertThat(bytes).containsOnly(0);
        assertThat(value("crois/demo/warehouse/password")).isEqualTo("pässword");
        assertThat(client.getSecretValue(request -> request.secretId("crois/demo/keystore"))
                        .secretBinary()
                        .asByteArray())
                .containsExactly((byte) 0xff, 1, 2);
        assertThat(value("crois/demo/token")).isEqualTo("abc");
        assertThat(client.describeSecret(request -> request.secretId("crois/demo/token"))
                        .kmsKeyId())
                .isEqualTo(project.kmsKey());
        assertThat(secrets.list())
                .extracting(Secrets.Entry::name)
                .containsExactly("keystore", "token", "warehouse/password");
    }

    @Test
    void a_rotated_secret_has_a_new_value_and_keeps_the_one_before() {
        secrets.put("password", "one".toCharArray());
        secrets.rotate("password", "two".toCharArray());

        assertThat(value("crois/demo/password")).isEqualTo("two");
        assertThat(client.getSecretValue(request ->
                                request.secretId("crois/demo/password").versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("one");
        assertThatThrownBy(() -> secrets.rotate("none", "x".toCharArray()))
                .isInstanceOf(CroisException.class)
                .hasMessage("Project `demo` has no secret `none`. Use put to make it.");
    }

    @Test
    void a_deleted_secret_is_gone_from_the_list_and_comes_back_with_a_new_value() {
        secrets.put("password", "one".toCharArray());
        secrets.delete("password", 7);
        secrets.delete("password", 7);
        secrets.delete("never-there", 7);
        assertThat(secrets.list()).isEmpty();

        secrets.put("password", "two".toCharArray());

        assertThat(value("crois/demo/password")).isEqualTo("two");
    }

    @Test
    void every_name_and_value_that_the_service_refuses_is_refused_with_its_reason_and_without_the_value() {
        for (String name : List.of("", "/a", "a/", "a b", "ä", "a//b", "x".repeat(401))) {
            assertThatThrownBy(() -> secrets.put(name, "hush".toCharArray()))
                    .isInstanceOf(CroisException.class)
                    .hasMessageContaining("name: must have 1 to 400 letters")
                    .hasMessageNotContaining("hush");
        }
        assertThatThrownBy(() -> secrets.put("api-abcdef", new char[0]))
                .hasMessageContaining("has 2 problems.")
                .hasMessageContaining("must not end in a hyphen and six characters")
                .hasMessageContaining("value: must have 1 to 65536 bytes, but is empty.");
        assertThatThrownBy(() -> secrets.put("long", new byte[65_537])).hasMessageContaining("but is longer.");
    }

    @Test
    void a_call_whose_answer_was_lost_is_repeated_with_its_token_and_makes_one_version() {
        List<String> tokens = new ArrayList<>();
        SecretsManagerClient deaf = (SecretsManagerClient) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SecretsManagerClient.class},
                (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(client, arguments);
                        if (method.getName().equals("createSecret") && tokens.isEmpty()) {
                            tokens.add("lost");
                            throw ApiCallTimeoutException.create(1);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        secrets(deaf).put("password", "one".toCharArray());

        assertThat(tokens).hasSize(1);
        assertThat(client.listSecretVersionIds(request -> request.secretId("crois/demo/password"))
                        .versions())
                .hasSize(1);
    }

    @Test
    void a_secret_under_another_key_is_not_moved_since_that_needs_the_right_to_read_it() {
        client.createSecret(request -> request.name("crois/demo/old").secretString("x"));

        assertThatThrownBy(() -> secrets.put("old", "y".toCharArray()))
                .isInstanceOf(CroisException.class)
                .hasMessageContaining("lies under another key than that of project `demo`");
    }

    private String value(String id) {
        return client.getSecretValue(request -> request.secretId(id)).secretString();
    }
}
