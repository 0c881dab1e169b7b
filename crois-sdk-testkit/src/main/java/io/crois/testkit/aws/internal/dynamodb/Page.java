package io.crois.testkit.aws.internal.dynamodb;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One page of a query or a scan.
 *
 * @param items those that passed the filter
 * @param scanned how many were looked at
 * @param bytes of the items looked at
 * @param last the last item looked at when there may be more, or {@code null}
 */
public record Page(
        List<Map<String, AttributeValue>> items,
        int scanned,
        int bytes,
        @Nullable Map<String, AttributeValue> last) {

    private static final int MAX_BYTES = 1 << 20;

    /** Looks at items until the limit or 1 MiB is reached. */
    public static Page of(
            Iterator<Map<String, AttributeValue>> candidates,
            @Nullable Integer limit,
            Predicate<Map<String, AttributeValue>> filter) {
        List<Map<String, AttributeValue>> passed = new ArrayList<>();
        int scanned = 0;
        int bytes = 0;
        while (candidates.hasNext()) {
            Map<String, AttributeValue> item = candidates.next();
            scanned++;
            bytes += Values.size(item);
            if (filter.test(item)) {
                passed.add(item);
            }
            if ((limit != null && scanned == limit) || bytes >= MAX_BYTES) {
                return new Page(passed, scanned, bytes, item);
            }
        }
        return new Page(passed, scanned, bytes, null);
    }
}
