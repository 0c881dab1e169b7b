package io.crois.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ProjectNamesTest {
    @Test
    void a_plain_name_stays_readable() {
        ProjectNames demo = new ProjectNames("demo");

        assertThat(demo.prefix()).isEqualTo("demo");
        assertThat(demo.taskRole()).isEqualTo("demo.task");
        assertThat(demo.flowRole()).isEqualTo("demo.flow");
        assertThat(new ProjectNames("team-a").prefix()).isEqualTo("team_-a");
    }

    @Test
    void no_prefix_with_its_hyphen_is_the_beginning_of_another_project_s_prefix() {
        List<String> prefixes = names().stream()
                .map(name -> new ProjectNames(name).prefix() + "-")
                .toList();

        for (String one : prefixes) {
            assertThat(prefixes).filteredOn(other -> other.startsWith(one)).hasSize(1);
            assertThat(one).hasSizeLessThanOrEqualTo(65).matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void no_two_projects_share_a_role_though_iam_does_not_tell_capitals_from_small_letters() {
        Set<String> roles = new HashSet<>();

        for (String name : names()) {
            ProjectNames names = new ProjectNames(name);
            for (String role : List.of(names.taskRole(), names.flowRole(), names.applicationPolicy())) {
                assertThat(roles.add(role.toLowerCase(Locale.ROOT))).as(role).isTrue();
                assertThat(role).hasSizeLessThanOrEqualTo(64).matches("[A-Za-z0-9+=,.@_-]+");
            }
        }
    }

    /** Names of a few letters that are easily taken for one another, and long ones. */
    private static Set<String> names() {
        Random random = new Random(11);
        Set<String> names = new HashSet<>(List.of("demo", "Demo", "demo-", "demo_", "demo--x", "demo-x", "demo_x"));
        while (names.size() < 400) {
            int length = names.size() % 10 == 0 ? 64 : 1 + random.nextInt(5);
            List<String> letters = new ArrayList<>(List.of(random.nextBoolean() ? "a" : "A"));
            for (int i = 1; i < length; i++) {
                letters.add(String.valueOf("aA-_0".charAt(random.nextInt(5))));
            }
            names.add(String.join("", letters));
        }
        return names;
    }
}
