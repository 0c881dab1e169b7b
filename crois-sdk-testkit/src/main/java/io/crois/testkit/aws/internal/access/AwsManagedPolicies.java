package io.crois.testkit.aws.internal.access;

import java.util.Map;

/** The managed policies of AWS that roles of workflows have; a policy that is not here is refused by its name. */
final class AwsManagedPolicies {

    private static final String LOGS = "\"logs:CreateLogStream\",\"logs:PutLogEvents\"";

    private static final Map<String, String> STATEMENTS = Map.of(
            "AdministratorAccess", allow("\"*\""),
            "ReadOnlyAccess",
                    allow("\"*:Get*\",\"*:List*\",\"*:Describe*\",\"*:BatchGet*\",\"*:Query\",\"*:Scan\",\"*:Head*\""),
            "PowerUserAccess",
                    "{\"Effect\":\"Allow\",\"NotAction\":[\"iam:*\",\"organizations:*\",\"account:*\"],\"Resource\":\"*\"}",
            "AWSLambdaBasicExecutionRole", allow("\"logs:CreateLogGroup\"," + LOGS),
            "AmazonECSTaskExecutionRolePolicy",
                    allow("\"ecr:GetAuthorizationToken\",\"ecr:BatchCheckLayerAvailability\","
                            + "\"ecr:GetDownloadUrlForLayer\",\"ecr:BatchGetImage\"," + LOGS),
            "AmazonS3ReadOnlyAccess", allow("\"s3:Get*\",\"s3:List*\",\"s3:Describe*\""),
            "AmazonS3FullAccess", allow("\"s3:*\",\"s3-object-lambda:*\""),
            "AmazonDynamoDBFullAccess", allow("\"dynamodb:*\",\"dax:*\""),
            "SecretsManagerReadWrite",
                    allow("\"secretsmanager:*\",\"kms:DescribeKey\",\"kms:ListAliases\",\"kms:ListKeys\""));

    private AwsManagedPolicies() {}

    private static String allow(String actions) {
        return "{\"Effect\":\"Allow\",\"Action\":[" + actions + "],\"Resource\":\"*\"}";
    }

    static String document(String arn) {
        String statement = STATEMENTS.get(arn.substring(arn.lastIndexOf('/') + 1));
        if (statement == null) {
            throw new UnsupportedOperationException("The managed policy `" + arn
                    + "` of AWS is not in memory. Put its document into a policy of the account.");
        }
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}";
    }
}
