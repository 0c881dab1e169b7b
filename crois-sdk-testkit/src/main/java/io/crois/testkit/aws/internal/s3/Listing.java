package io.crois.testkit.aws.internal.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** One page of the objects of a bucket, those below a common prefix folded into one. */
public final class Listing {

    private static final int MAX_KEYS = 1000;

    private final Shelf shelf;
    private final ListObjectsV2Request request;
    private final String bucket;
    private final String prefix;
    private final String delimiter;
    private final int maxKeys;
    private final List<S3Object> objects = new ArrayList<>();
    private final List<CommonPrefix> prefixes = new ArrayList<>();
    private @Nullable String last;
    private boolean truncated;

    private Listing(Shelf shelf, ListObjectsV2Request request) {
        this.shelf = shelf;
        this.request = request;
        this.bucket = ObjectChecks.bucket(shelf, request.bucket());
        this.prefix = request.prefix() == null ? "" : request.prefix();
        this.delimiter = request.delimiter() == null ? "" : request.delimiter();
        this.maxKeys = request.maxKeys() == null ? MAX_KEYS : Math.min(MAX_KEYS, request.maxKeys());
        if (maxKeys < 0) {
            throw S3Refusal.invalidArgument("Argument maxKeys must be an integer between 0 and 2147483647");
        }
    }

    /** Lists what a request asks for. */
    public static ListObjectsV2Response of(Shelf shelf, ListObjectsV2Request request) {
        Listing listing = new Listing(shelf, request);
        try (Stream<String> keys = shelf.keys(listing.bucket, listing.prefix)) {
            listing.fill(keys.iterator());
        }
        return listing.response();
    }

    private void fill(Iterator<String> keys) {
        String from = start();
        while (keys.hasNext() && maxKeys > 0) {
            String key = keys.next();
            String folded = folded(key);
            String name = folded == null ? key : folded;
            if (KeyOrder.BY_BYTES.compare(name, from) <= 0 || name.equals(last)) {
                continue;
            }
            if (objects.size() + prefixes.size() == maxKeys) {
                truncated = true;
                return;
            }
            add(key, folded);
        }
    }

    private void add(String key, @Nullable String folded) {
        if (folded != null) {
            prefixes.add(CommonPrefix.builder().prefix(folded).build());
            last = folded;
            return;
        }
        StoredObject object = shelf.find(bucket, key);
        if (object != null) {
            objects.add(listed(object));
            last = key;
        }
    }

    /** Returns the name after which the page begins. */
    private String start() {
        if (request.continuationToken() != null) {
            return decode(request.continuationToken());
        }
        return request.startAfter() == null ? "" : request.startAfter();
    }

    private @Nullable String folded(String key) {
        int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        return end < 0 ? null : key.substring(0, end + delimiter.length());
    }

    private static S3Object listed(StoredObject object) {
        Map<String, String> headers = object.headers();
        return S3Object.builder()
                .key(object.key())
                .size(object.size())
                .eTag(object.etag())
                .lastModified(object.lastModified())
                .storageClass(headers.getOrDefault("x-amz-storage-class", "STANDARD"))
                .checksumAlgorithm(checksums(object.checksums()))
                .checksumType(object.checksums().get("x-amz-checksum-type"))
                .build();
    }

    private static List<ChecksumAlgorithm> checksums(Map<String, String> kept) {
        return Stream.of(ChecksumKind.values())
                .filter(kind -> kept.containsKey(kind.header()))
                .map(kind -> ChecksumAlgorithm.fromValue(kind.name()))
                .toList();
    }

    private ListObjectsV2Response response() {
        return ListObjectsV2Response.builder()
                .name(bucket)
                .prefix(prefix)
                .delimiter(request.delimiter())
                .maxKeys(maxKeys)
                .startAfter(request.startAfter())
                .continuationToken(request.continuationToken())
                .contents(objects)
                .commonPrefixes(prefixes)
                .keyCount(objects.size() + prefixes.size())
                .isTruncated(truncated)
                .nextContinuationToken(truncated && last != null ? encode(last) : null)
                .build();
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw S3Refusal.invalidArgument("The continuation token provided is incorrect");
        }
    }
}
