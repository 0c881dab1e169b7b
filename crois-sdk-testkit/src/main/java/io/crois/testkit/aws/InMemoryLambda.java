package io.crois.testkit.aws;

import io.crois.testkit.aws.internal.lambda.FunctionAnswer;
import io.crois.testkit.aws.internal.lambda.FunctionHost;
import io.crois.testkit.aws.internal.lambda.FunctionPolicies;
import io.crois.testkit.aws.internal.lambda.LambdaRefusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.AddPermissionResponse;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionRequest;
import software.amazon.awssdk.services.lambda.model.DeleteFunctionResponse;
import software.amazon.awssdk.services.lambda.model.Environment;
import software.amazon.awssdk.services.lambda.model.EnvironmentResponse;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ListFunctionsRequest;
import software.amazon.awssdk.services.lambda.model.ListFunctionsResponse;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;
import software.amazon.awssdk.services.lambda.model.RemovePermissionResponse;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationResponse;

/**
 * AWS Lambda: functions whose code is registered in memory, under their names. Safe for use by several threads.
 *
 * <p>A function that was created, but has no code registered, fails as a Java function whose class is not found. A list
 * comes in one page. An invocation through this client takes no time of the loop; one that is asynchronous runs on the
 * loop. Permissions are those of a function or of one of its qualifiers. Not in memory: versions, aliases, layers,
 * uploaded code, event source mappings, concurrency.
 */
final class InMemoryLambda implements LambdaClient {

    private static final int DEFAULT_TIMEOUT_SECONDS = 3;
    private static final int MAX_TIMEOUT_SECONDS = 900;
    private static final int DEFAULT_MEMORY_MIB = 128;

    private final FunctionHost host;
    private final FunctionPolicies policies;

    private InMemoryLambda(FunctionHost host) {
        this.host = host;
        this.policies = new FunctionPolicies(host);
    }

    /** Returns a client of the functions of a host; each client has policies of its own. */
    static LambdaClient of(FunctionHost host) {
        return NotInMemory.named(LambdaClient.class, new InMemoryLambda(host));
    }

    @Override
    public String serviceName() {
        return "lambda";
    }

    @Override
    public void close() {
        // The functions outlive their clients.
    }

    @Override
    public CreateFunctionResponse createFunction(CreateFunctionRequest request) {
        if (request.role() == null) {
            throw LambdaRefusal.invalid("1 validation error detected: Value null at 'role' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        FunctionConfiguration created = host.create(
                FunctionConfiguration.builder()
                        .runtime(request.runtimeAsString())
                        .role(request.role())
                        .handler(request.handler())
                        .description(request.description())
                        .timeout(timeout(request.timeout()))
                        .memorySize(request.memorySize() == null ? DEFAULT_MEMORY_MIB : request.memorySize())
                        .packageType(request.packageTypeAsString())
                        .environment(environment(request.environment()))
                        .architecturesWithStrings(request.architecturesAsStrings()),
                request.functionName());
        return CreateFunctionResponse.builder()
                .functionName(created.functionName())
                .functionArn(created.functionArn())
                .runtime(created.runtimeAsString())
                .role(created.role())
                .handler(created.handler())
                .timeout(created.timeout())
                .memorySize(created.memorySize())
                .environment(created.environment())
                .version(created.version())
                .state(created.state())
                .lastModified(created.lastModified())
                .build();
    }

    private static int timeout(@Nullable Integer seconds) {
        int timeout = seconds == null ? DEFAULT_TIMEOUT_SECONDS : seconds;
        if (timeout < 1 || timeout > MAX_TIMEOUT_SECONDS) {
            throw LambdaRefusal.invalid("1 validation error detected: Value '" + timeout
                    + "' at 'timeout' failed to satisfy constraint: Member must have value between 1 and "
                    + MAX_TIMEOUT_SECONDS);
        }
        return timeout;
    }

    private static @Nullable EnvironmentResponse environment(@Nullable Environment environment) {
        return environment == null
                ? null
                : EnvironmentResponse.builder()
                        .variables(environment.variables())
                        .build();
    }

    @Override
    public GetFunctionResponse getFunction(GetFunctionRequest request) {
        return GetFunctionResponse.builder()
                .configuration(host.find(request.functionName()))
                .build();
    }

    @Override
    public GetFunctionConfigurationResponse getFunctionConfiguration(GetFunctionConfigurationRequest request) {
        FunctionConfiguration found = host.find(request.functionName());
        return GetFunctionConfigurationResponse.builder()
                .functionName(found.functionName())
                .functionArn(found.functionArn())
                .runtime(found.runtimeAsString())
                .role(found.role())
                .handler(found.handler())
                .description(found.description())
                .timeout(found.timeout())
                .memorySize(found.memorySize())
                .environment(found.environment())
                .version(found.version())
                .state(found.state())
                .lastModified(found.lastModified())
                .build();
    }

    @Override
    public UpdateFunctionConfigurationResponse updateFunctionConfiguration(UpdateFunctionConfigurationRequest request) {
        FunctionConfiguration updated = host.update(request.functionName(), function -> {
            FunctionConfiguration old = function.build();
            function.role(either(request.role(), old.role()))
                    .handler(either(request.handler(), old.handler()))
                    .runtime(either(request.runtimeAsString(), old.runtimeAsString()))
                    .description(either(request.description(), old.description()))
                    .timeout(request.timeout() == null ? old.timeout() : timeout(request.timeout()))
                    .memorySize(either(request.memorySize(), old.memorySize()))
                    .environment(either(environment(request.environment()), old.environment()));
        });
        return UpdateFunctionConfigurationResponse.builder()
                .functionName(updated.functionName())
                .functionArn(updated.functionArn())
                .role(updated.role())
                .handler(updated.handler())
                .runtime(updated.runtimeAsString())
                .description(updated.description())
                .timeout(updated.timeout())
                .memorySize(updated.memorySize())
                .environment(updated.environment())
                .version(updated.version())
                .state(updated.state())
                .lastModified(updated.lastModified())
                .build();
    }

    private static <T> @Nullable T either(@Nullable T wanted, @Nullable T old) {
        return wanted == null ? old : wanted;
    }

    @Override
    public ListFunctionsResponse listFunctions(ListFunctionsRequest request) {
        List<FunctionConfiguration> functions = host.list();
        return ListFunctionsResponse.builder().functions(functions).build();
    }

    @Override
    public DeleteFunctionResponse deleteFunction(DeleteFunctionRequest request) {
        policies.forget(host.find(request.functionName()).functionArn());
        host.delete(request.functionName());
        return DeleteFunctionResponse.builder().build();
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        if (request.invocationType() == InvocationType.DRY_RUN) {
            host.find(request.functionName());
            return InvokeResponse.builder().statusCode(204).build();
        }
        if (request.invocationType() == InvocationType.EVENT) {
            host.queue(request.functionName(), request.payload());
            return InvokeResponse.builder()
                    .statusCode(202)
                    .payload(SdkBytes.fromUtf8String(""))
                    .build();
        }
        FunctionAnswer answer = host.invoke(request.functionName(), request.payload());
        return InvokeResponse.builder()
                .statusCode(200)
                .executedVersion("$LATEST")
                .functionError(answer.functionError())
                .payload(answer.payload())
                .build();
    }

    @Override
    public AddPermissionResponse addPermission(AddPermissionRequest request) {
        return AddPermissionResponse.builder().statement(policies.add(request)).build();
    }

    @Override
    public RemovePermissionResponse removePermission(RemovePermissionRequest request) {
        policies.remove(request);
        return RemovePermissionResponse.builder().build();
    }

    @Override
    public GetPolicyResponse getPolicy(GetPolicyRequest request) {
        return GetPolicyResponse.builder()
                .policy(policies.document(request.functionName(), request.qualifier()))
                .build();
    }
}
