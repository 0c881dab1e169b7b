package io.crois.testkit.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.awscore.AwsRequest;

/**
 * Everybody against everything, as the provisioner makes it: the matrix in {@code isolation-matrix.md} is reviewed by
 * people, and both evaluators come to it in every cell.
 */
final class IsolationMatrixTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path FOUND = Path.of("target", "isolation-matrix.md");

    private static final String HEAD = """
            # Who may do what

            A column is somebody: `task` (the agent and the command in a container, on Fargate as on Batch), `flow` and
            `application` are those of three projects, `red`, `blue` and `green`; everybody else is there once. A cell says
            to which projects it may do what the row says: `own` is each to its own project and to no other, `all` is to all
            three, and nothing is to none. Anything else is written out, such as `red>blue`, and must never be seen here.

            Who says `all`, and why: the functions, whose work are items and the platform's own objects; the control plane,
            which writes secrets and seals arguments and opens neither; the key administrator, who manages keys and uses
            none; and administrators and power users of the account, whom no policy within it holds. None of them opens what
            is encrypted. `provisioner` has all of `ProvisioningPolicies`, which may be shared out among several roles: it
            makes and removes projects, so that it may change their roles, within the boundary, and their keys' policies, which
            raises an alarm. `batch` is the role with which AWS Batch works, and which it alone takes: it runs jobs with the
            roles that their definitions name.

            """;

    private static IsolationAccount account;

    @BeforeAll
    static void an_account_with_three_projects() {
        account = IsolationAccount.create();
    }

    @Test
    void everybody_may_do_what_the_reviewed_matrix_says_and_nothing_else() throws IOException {
        String found = matrix();
        Files.createDirectories(FOUND.getParent());
        Files.writeString(FOUND, found);

        assertThat(found).as("the matrix; what was found is in " + FOUND).isEqualTo(reviewed());
    }

    @Test
    void no_project_reaches_the_data_of_another() {
        List<String> crossings = new ArrayList<>();
        for (Operation operation : Operation.onProjects()) {
            for (String owner : IsolationAccount.PROJECTS) {
                account.principals().forEach((title, principal) -> {
                    String own = title.split(" ")[0];
                    boolean foreign = IsolationAccount.PROJECTS.contains(own) && !own.equals(owner);
                    if (foreign && may(principal, operation, owner)) {
                        crossings.add(title + ": " + operation.title() + " of " + owner);
                    }
                });
            }
        }
        assertThat(crossings).isEmpty();
    }

    @Test
    void an_administrator_of_the_account_opens_nothing() {
        Principal administrator = account.principals().get("account administrator");
        List<String> opened = List.of(
                "read an object",
                "decrypt with the key itself",
                "open a sealed argument",
                "generate a data key",
                "read a secret",
                "take the project's role");
        assertThat(Operation.onProjects())
                .filteredOn(operation -> opened.contains(operation.title()))
                .hasSameSizeAs(opened)
                .allSatisfy(operation -> assertThat(IsolationAccount.PROJECTS)
                        .noneMatch(project -> may(administrator, operation, project)));
    }

    @Test
    void an_independent_simulator_comes_to_the_same_in_every_cell(@TempDir Path folder) throws IOException {
        IndependentSimulator simulator = IndependentSimulator.find();
        ArrayNode cases = MAPPER.createArrayNode();
        for (Map.Entry<String, Principal> principal : account.principals().entrySet()) {
            for (Operation operation : all()) {
                for (String project : owners(operation)) {
                    for (AccessRequest request : requests(principal.getValue(), operation, project)) {
                        cases.addObject()
                                .put(
                                        "name",
                                        principal.getKey() + ", " + operation.title() + " of " + project + ", "
                                                + request.action())
                                .put(
                                        "verdict",
                                        PolicyEvaluator.evaluate(request)
                                                .verdict()
                                                .name())
                                .set("simulation", Simulation.of(request));
                    }
                }
            }
        }
        assertThat(cases.size()).isGreaterThan(1_000);
        assertThat(simulator.disagreements(Files.writeString(folder.resolve("matrix.json"), cases.toString())))
                .isEmpty();
    }

    private static List<Operation> all() {
        return Stream.concat(Operation.onProjects().stream(), Operation.onThePlatform().stream())
                .toList();
    }

    private static List<String> owners(Operation operation) {
        return Operation.onThePlatform().stream()
                        .anyMatch(other -> other.title().equals(operation.title()))
                ? List.of("the platform")
                : IsolationAccount.PROJECTS;
    }

    private static List<AccessRequest> requests(Principal principal, Operation operation, String project) {
        AwsRequest call = operation.call().apply(account, project);
        return account.aws.accessRequests(principal, call);
    }

    private static boolean may(Principal principal, Operation operation, String project) {
        return requests(principal, operation, project).stream()
                .allMatch(request -> PolicyEvaluator.evaluate(request).isAllowed());
    }

    private static String matrix() {
        StringBuilder text = new StringBuilder(HEAD);
        row(text, "to a project", columns(), "");
        text.append("|---|").append("---|".repeat(columns().size())).append('\n');
        for (Operation operation : Operation.onProjects()) {
            row(
                    text,
                    operation.title(),
                    columns().stream().map(kind -> cell(kind, operation)).toList(),
                    "**");
        }
        text.append('\n');
        row(text, "to the platform", columns(), "");
        text.append("|---|").append("---|".repeat(columns().size())).append('\n');
        for (Operation operation : Operation.onThePlatform()) {
            row(
                    text,
                    operation.title(),
                    columns().stream()
                            .map(kind -> ofKind(kind).values().stream()
                                            .allMatch(principal -> may(principal, operation, "the platform"))
                                    ? "yes"
                                    : "")
                            .toList(),
                    "**");
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String title, List<String> cells, String around) {
        text.append("| ").append(around).append(title).append(around).append(" |");
        cells.forEach(cell -> text.append(' ').append(cell).append(cell.isEmpty() ? "|" : " |"));
        text.append('\n');
    }

    /** Returns everybody, those of the three projects by what they are. */
    private static List<String> columns() {
        return account.principals().keySet().stream()
                .map(IsolationMatrixTest::kind)
                .distinct()
                .toList();
    }

    private static String kind(String title) {
        String first = title.split(" ")[0];
        return IsolationAccount.PROJECTS.contains(first) ? title.substring(first.length() + 1) : title;
    }

    private static Map<String, Principal> ofKind(String kind) {
        Map<String, Principal> principals = new LinkedHashMap<>(account.principals());
        principals.keySet().removeIf(title -> !kind(title).equals(kind));
        return principals;
    }

    private static String cell(String kind, Operation operation) {
        Map<String, Principal> principals = ofKind(kind);
        List<String> allowed = new ArrayList<>();
        principals.forEach((title, principal) -> IsolationAccount.PROJECTS.stream()
                .filter(owner -> may(principal, operation, owner))
                .forEach(owner -> allowed.add(title.split(" ")[0] + ">" + owner)));
        List<String> own = IsolationAccount.PROJECTS.stream()
                .map(project -> project + ">" + project)
                .toList();
        if (principals.size() == own.size() && allowed.equals(own)) {
            return "own";
        }
        boolean all = allowed.size() == principals.size() * IsolationAccount.PROJECTS.size();
        return all ? "all" : String.join(" ", allowed);
    }

    private static String reviewed() throws IOException {
        try (InputStream file = IsolationMatrixTest.class.getResourceAsStream("/isolation-matrix.md")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
