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

    private static IsolationAccount account;

    @BeforeAll
    static void an_account_with_three_projects() throws IOException {
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
        StringBuilder text = new StringBuilder("# Who may do what\n");
        grid(text, Operation.onProjects(), IsolationAccount.PROJECTS);
        grid(text, Operation.onThePlatform(), List.of("the platform"));
        return text.toString();
    }

    private static void grid(StringBuilder text, List<Operation> operations, List<String> owners) {
        for (Operation operation : operations) {
            text.append("\n## ").append(operation.title()).append("\n\n| |");
            owners.forEach(owner -> text.append(' ').append(owner).append(" |"));
            text.append("\n|---|").append("---|".repeat(owners.size())).append('\n');
            account.principals().forEach((title, principal) -> {
                text.append("| ").append(title).append(" |");
                owners.forEach(owner -> text.append(may(principal, operation, owner) ? " yes |" : " |"));
                text.append('\n');
            });
        }
    }

    private static String reviewed() throws IOException {
        try (InputStream file = IsolationMatrixTest.class.getResourceAsStream("/isolation-matrix.md")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
