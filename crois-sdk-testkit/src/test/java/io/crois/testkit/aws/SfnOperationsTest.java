package io.crois.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.SfnRequest;
import software.amazon.awssdk.services.sfn.model.StateMachineType;
import software.amazon.awssdk.services.sfn.model.Tag;
import software.amazon.awssdk.services.sfn.model.TooManyTagsException;

/** No operation of the client is forgotten. */
final class SfnOperationsTest {

    private static final String ROLE = "arn:aws:iam::111111111111:role/flow";
    private static final String ONE = "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Pass\",\"End\":true}}}";
    private static final String TWO = ONE.replace("Pass", "Succeed").replace(",\"End\":true", "");

    private final InMemoryAws aws = InMemoryAws.create();
    private final SfnClient sfn = aws.sfn();

    static List<Method> operations() {
        return Arrays.stream(SfnClient.class.getMethods())
                .filter(method -> method.getParameterCount() == 1)
                .filter(method -> SfnRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
                .filter(method -> !method.getName().endsWith("Paginator"))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void an_operation_without_arguments_is_answered_or_refused_as_the_service_would(Method operation) throws Exception {
        Class<?> request = operation.getParameterTypes()[0];
        Object builder = request.getMethod("builder").invoke(null);
        Method build = software.amazon.awssdk.utils.builder.Buildable.class.getMethod("build");
        Object empty = build.invoke(builder);
        try {
            assertThat(operation.invoke(sfn, empty)).isNotNull();
        } catch (InvocationTargetException refused) {
            assertThat(refused.getCause()).isInstanceOf(SdkException.class).isInstanceOf(SfnException.class);
        }
    }

    private String machine(String definition) {
        return sfn.createStateMachine(request -> request.name("m")
                        .roleArn(ROLE)
                        .type(StateMachineType.STANDARD)
                        .definition(definition))
                .stateMachineArn();
    }

    @Test
    void an_execution_keeps_the_definition_that_it_began_with() {
        String machine = machine(ONE);
        String execution =
                sfn.startExecution(request -> request.stateMachineArn(machine)).executionArn();

        sfn.updateStateMachine(request -> request.stateMachineArn(machine).definition(TWO));

        assertThat(sfn.describeStateMachineForExecution(request -> request.executionArn(execution))
                        .definition())
                .isEqualTo(ONE);
        sfn.deleteStateMachine(request -> request.stateMachineArn(machine));
        assertThat(sfn.describeStateMachineForExecution(request -> request.executionArn(execution))
                        .definition())
                .isEqualTo(ONE);
    }

    @Test
    void activities_have_tags_like_machines_and_at_most_fifty() {
        String activity = sfn.createActivity(request -> request.name("work")
                        .tags(Tag.builder().key("team").value("ml").build()))
                .activityArn();
        List<Tag> many = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> Tag.builder().key("k" + i).value("v").build())
                .toList();

        assertThat(sfn.listTagsForResource(request -> request.resourceArn(activity))
                        .tags())
                .extracting(Tag::key)
                .containsExactly("team");
        assertThatThrownBy(() ->
                        sfn.tagResource(request -> request.resourceArn(activity).tags(many)))
                .isInstanceOf(TooManyTagsException.class);
        sfn.untagResource(request -> request.resourceArn(activity).tagKeys("team"));
        sfn.tagResource(request -> request.resourceArn(activity).tags(many));
        assertThat(sfn.listTagsForResource(request -> request.resourceArn(activity))
                        .tags())
                .hasSize(50);
    }
}
