package io.crois.platform.internal;

import java.util.List;
import java.util.Map;

/** The table of statuses and the bucket of artifacts, which outlive the stack, and the rules for those who use them. */
public final class StorageSection {
    private static final int DAYS_OF_UNFINISHED_UPLOADS = 2;

    private StorageSection() {}

    /** Adds the table, the bucket and the bucket's policy. */
    public static void addTo(Template template) {
        template.keptResource("Table", "AWS::DynamoDB::Table", table());
        template.keptResource("Bucket", "AWS::S3::Bucket", bucket());
        template.resource(
                "BucketPolicy",
                "AWS::S3::BucketPolicy",
                Cfn.object("Bucket", Cfn.ref("Bucket"), "PolicyDocument", ProjectRules.bucket()));
    }

    private static Map<String, Object> table() {
        return Cfn.object(
                "TableName",
                Cfn.ref("Prefix"),
                "BillingMode",
                "PAY_PER_REQUEST",
                "AttributeDefinitions",
                List.of(attribute("pk"), attribute("sk")),
                "KeySchema",
                List.of(key("pk", "HASH"), key("sk", "RANGE")),
                "TimeToLiveSpecification",
                Cfn.object("AttributeName", "ttl", "Enabled", true),
                "PointInTimeRecoverySpecification",
                Cfn.object("PointInTimeRecoveryEnabled", true),
                "SSESpecification",
                Cfn.object("SSEEnabled", true),
                "DeletionProtectionEnabled",
                true,
                "Tags",
                Cfn.tags("table"));
    }

    private static Map<String, Object> attribute(String name) {
        return Cfn.object("AttributeName", name, "AttributeType", "S");
    }

    private static Map<String, Object> key(String name, String type) {
        return Cfn.object("AttributeName", name, "KeyType", type);
    }

    private static Map<String, Object> bucket() {
        return Cfn.object(
                "BucketName",
                Cfn.sub("${Prefix}-${AWS::AccountId}-${AWS::Region}"),
                "PublicAccessBlockConfiguration",
                Cfn.object(
                        "BlockPublicAcls", true,
                        "BlockPublicPolicy", true,
                        "IgnorePublicAcls", true,
                        "RestrictPublicBuckets", true),
                "OwnershipControls",
                Cfn.object("Rules", List.of(Cfn.object("ObjectOwnership", "BucketOwnerEnforced"))),
                "BucketEncryption",
                Cfn.object(
                        "ServerSideEncryptionConfiguration",
                        List.of(Cfn.object("ServerSideEncryptionByDefault", Cfn.object("SSEAlgorithm", "AES256")))),
                "LifecycleConfiguration",
                Cfn.object("Rules", List.of(unfinishedUploads())),
                "Tags",
                Cfn.tags("artifacts"));
    }

    /** A killed agent leaves the parts of its uploads behind. */
    private static Map<String, Object> unfinishedUploads() {
        return Cfn.object(
                "Id",
                "unfinished-uploads",
                "Status",
                "Enabled",
                "AbortIncompleteMultipartUpload",
                Cfn.object("DaysAfterInitiation", DAYS_OF_UNFINISHED_UPLOADS));
    }
}
