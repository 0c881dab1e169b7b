package io.crois.testkit.aws.internal.lambda;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.RemovePermissionRequest;

/**
 * Who besides the account's own roles may call functions: the policy of each function, and of each of its qualifiers,
 * grows by one statement a permission. Safe for use by several threads.
 */
public final class FunctionPolicies {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern STATEMENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final FunctionHost functions;
    private final Map<String, Map<String, ObjectNode>> statements = new LinkedHashMap<>();

    /** Creates the policies of a host's functions, none of which admits anybody. */
    public FunctionPolicies(FunctionHost functions) {
        this.functions = functions;
    }

    /** Adds a statement, and returns it as JSON text. */
    public String add(AddPermissionRequest request) {
        String id = String.valueOf(request.statementId());
        LambdaRefusal.unlessValid(
                STATEMENT_ID.matcher(id).matches(),
                "1 validation error detected: Value '" + id + "' at 'statementId' failed to satisfy constraint: Member"
                        + " must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)");
        LambdaRefusal.unlessValid(
                request.principal() != null,
                "1 validation error detected: Value null at 'principal' failed to satisfy constraint: Member must not"
                        + " be null");
        String arn = arn(request.functionName(), request.qualifier());
        ObjectNode statement = statement(request, id, arn);
        synchronized (statements) {
            Map<String, ObjectNode> policy = statements.computeIfAbsent(arn, none -> new LinkedHashMap<>());
            if (policy.putIfAbsent(id, statement) != null) {
                throw LambdaRefusal.conflict("The statement id (" + id + ") provided already exists. Please provide a"
                        + " new statement id, or remove the existing statement.");
            }
        }
        return statement.toString();
    }

    private static ObjectNode statement(AddPermissionRequest request, String id, String arn) {
        ObjectNode statement = MAPPER.createObjectNode();
        statement.put("Sid", id).put("Effect", "Allow");
        principal(statement, request.principal());
        statement.put("Action", request.action()).put("Resource", arn);
        condition(statement, "StringEquals", "AWS:SourceAccount", request.sourceAccount());
        condition(statement, "StringEquals", "aws:PrincipalOrgID", request.principalOrgID());
        condition(statement, "ArnLike", "AWS:SourceArn", request.sourceArn());
        return statement;
    }

    private static void principal(ObjectNode statement, String principal) {
        if (principal.equals("*")) {
            statement.put("Principal", "*");
        } else if (principal.endsWith(".amazonaws.com")) {
            statement.putObject("Principal").put("Service", principal);
        } else {
            boolean account = ACCOUNT.matcher(principal).matches();
            statement.putObject("Principal").put("AWS", account ? "arn:aws:iam::" + principal + ":root" : principal);
        }
    }

    private static void condition(ObjectNode statement, String operator, String key, @Nullable String value) {
        if (value != null) {
            statement.withObject("/Condition/" + operator).put(key, value);
        }
    }

    /** Removes a statement. */
    public void remove(RemovePermissionRequest request) {
        String arn = arn(request.functionName(), request.qualifier());
        synchronized (statements) {
            Map<String, ObjectNode> policy = statements.getOrDefault(arn, Map.of());
            if (policy.isEmpty() || policy.remove(request.statementId()) == null) {
                throw LambdaRefusal.missing("No policy is associated with the given resource.");
            }
        }
    }

    /** Returns a policy as JSON text. */
    public String document(@Nullable String function, @Nullable String qualifier) {
        String arn = arn(function, qualifier);
        synchronized (statements) {
            Map<String, ObjectNode> policy = statements.getOrDefault(arn, Map.of());
            if (policy.isEmpty()) {
                throw LambdaRefusal.missing("The resource you requested does not exist.");
            }
            ObjectNode document = MAPPER.createObjectNode();
            document.put("Version", "2012-10-17").put("Id", "default");
            policy.values().forEach(document.putArray("Statement")::add);
            return document.toString();
        }
    }

    /** Forgets what a function admitted, also by its qualifiers. */
    public void forget(String functionArn) {
        synchronized (statements) {
            statements.keySet().removeIf(arn -> (arn + ":").startsWith(functionArn + ":"));
        }
    }

    private String arn(@Nullable String function, @Nullable String qualifier) {
        String arn = functions.find(function).functionArn();
        String alias = qualifier == null ? FunctionName.qualifierOf(function) : qualifier;
        return alias == null ? arn : arn + ":" + alias;
    }
}
