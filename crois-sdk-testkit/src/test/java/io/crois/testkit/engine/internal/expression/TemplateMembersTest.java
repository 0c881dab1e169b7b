package io.crois.testkit.engine.internal.expression;

import static io.crois.testkit.engine.internal.expression.FixedScope.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The members are held to what a {@link LinkedHashMap} does. */
final class TemplateMembersTest {

    private static final String[] NAMES = {"id", "count", "step"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void members_do_what_those_of_a_linked_hash_map_do(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            Map<String, JsonNode> model = new LinkedHashMap<>();
            Map<String, JsonNode> members = members();
            members.forEach(model::put);
            for (int i = 0; i < 6; i++) {
                change(random, model, members);
                assertSame(model, members);
            }
        }
    }

    private static void change(Random random, Map<String, JsonNode> model, Map<String, JsonNode> members) {
        String name = List.of("id", "count", "step", "more", "yet more").get(random.nextInt(5));
        JsonNode value = IntNode.valueOf(random.nextInt(1_000));
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> assertThat(members.put(name, value)).isEqualTo(model.put(name, value));
            case 3 -> assertThat(members.remove(name)).isEqualTo(model.remove(name));
            case 4 ->
                assertThat(members.entrySet().removeIf(entry -> entry.getKey().equals(name)))
                        .isEqualTo(model.entrySet()
                                .removeIf(entry -> entry.getKey().equals(name)));
            case 5 ->
                assertThat(members.keySet().retainAll(List.of(name, "id")))
                        .isEqualTo(model.keySet().retainAll(List.of(name, "id")));
            case 6 -> {
                members.replaceAll((key, old) -> value);
                model.replaceAll((key, old) -> value);
            }
            case 7 -> assertThat(members.putIfAbsent(name, value)).isEqualTo(model.putIfAbsent(name, value));
            default -> {
                if (random.nextInt(4) == 0) {
                    members.clear();
                    model.clear();
                }
            }
        }
    }

    private static void assertSame(Map<String, JsonNode> model, Map<String, JsonNode> members) {
        assertThat(members).isEqualTo(model).hasSameHashCodeAs(model).hasSize(model.size());
        assertThat(model).isEqualTo(members);
        assertThat(List.copyOf(members.keySet())).isEqualTo(List.copyOf(model.keySet()));
        assertThat(List.copyOf(members.values())).isEqualTo(List.copyOf(model.values()));
        List<Object> walked = new ArrayList<>();
        members.forEach((name, value) -> walked.addAll(List.of(name, value)));
        List<Object> expected = new ArrayList<>();
        model.forEach((name, value) -> expected.addAll(List.of(name, value)));
        assertThat(walked).isEqualTo(expected);
        for (String name : List.of("id", "count", "step", "more", "yet more", "none")) {
            assertThat(members.get(name)).isEqualTo(model.get(name));
            assertThat(members.containsKey(name)).isEqualTo(model.containsKey(name));
        }
    }

    @Test
    void a_name_is_found_that_is_equal_but_not_the_same() {
        String name = new StringBuilder("co").append("unt").toString();

        assertThat(members().get(name)).isEqualTo(IntNode.valueOf(1));
    }

    @Test
    void the_objects_of_a_template_are_kept_apart() {
        Map<String, JsonNode> first = members();
        Map<String, JsonNode> second = members();

        first.put("id", IntNode.valueOf(100));
        first.remove("step");

        assertThat(second).isEqualTo(members());
    }

    @Test
    void a_walk_ends_with_the_last_member() {
        Iterator<Map.Entry<String, JsonNode>> walk = members().entrySet().iterator();
        assertThatThrownBy(walk::remove).isInstanceOf(IllegalStateException.class);
        for (int i = 0; i < NAMES.length; i++) {
            walk.next();
        }
        assertThat(walk.hasNext()).isFalse();
        assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void an_object_of_a_template_is_like_any_other() {
        JsonNode template = json("{'id.$': '$.id', 'count': 1, 'inner': {'id.$': '$.id'}}");
        ObjectNode made = (ObjectNode) Expressions.payload(template).evaluate(FixedScope.of("{'id': 'run'}"));
        JsonNode read = json("{'id': 'run', 'count': 1, 'inner': {'id': 'run'}}");

        assertThat(made.equals(read)).isTrue();
        assertThat(read.equals(made)).isTrue();
        assertThat(made.hashCode()).isEqualTo(read.hashCode());
        assertThat(made.toString()).isEqualTo(read.toString());

        ObjectNode copy = made.deepCopy();
        copy.put("more", 1).remove("id");
        assertThat(copy.toString()).isEqualTo("{\"count\":1,\"inner\":{\"id\":\"run\"},\"more\":1}");
        assertThat(made.equals(read)).isTrue();
    }

    private static TemplateMembers members() {
        return new TemplateMembers(NAMES, new JsonNode[] {IntNode.valueOf(0), IntNode.valueOf(1), IntNode.valueOf(2)});
    }
}
