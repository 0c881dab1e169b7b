package io.crois.platform.internal;

import java.util.List;
import java.util.Map;

/** The ECS cluster for Fargate, the containers' log, and the role with which ECS starts them. */
public final class ClusterSection {
    private ClusterSection() {}

    /** Adds the cluster, the log group and the execution role. */
    public static void addTo(Template template) {
        template.resource(
                "Cluster",
                "AWS::ECS::Cluster",
                Cfn.object(
                        "ClusterName",
                        Cfn.ref("Prefix"),
                        "ClusterSettings",
                        List.of(Cfn.object("Name", "containerInsights", "Value", "enabled")),
                        "Tags",
                        Cfn.tags("cluster")));
        template.resource(
                "ClusterCapacity",
                "AWS::ECS::ClusterCapacityProviderAssociations",
                Cfn.object(
                        "Cluster",
                        Cfn.ref("Cluster"),
                        "CapacityProviders",
                        List.of("FARGATE", "FARGATE_SPOT"),
                        "DefaultCapacityProviderStrategy",
                        List.of(Cfn.object("CapacityProvider", "FARGATE", "Weight", 1))));
        template.resource(
                "TaskLog",
                "AWS::Logs::LogGroup",
                Cfn.object(
                        "LogGroupName", Cfn.sub("/${Prefix}/tasks"), "RetentionInDays", Cfn.ref("LogRetentionDays")));
        template.resource("ExecutionRole", "AWS::IAM::Role", executionRole());
    }

    /** Pulls images and writes logs; it reads no secret and no artifact, those are the project role's alone. */
    private static Map<String, Object> executionRole() {
        return Cfn.object(
                "RoleName",
                Cfn.sub("${Prefix}-container-start"),
                "Path",
                "/crois/",
                "AssumeRolePolicyDocument",
                Statement.policy(List.of(Statement.allow("Containers", "sts:AssumeRole")
                        .principal(Cfn.object("Service", "ecs-tasks.amazonaws.com"))
                        .when("StringEquals", "aws:SourceAccount", Cfn.ref("AWS::AccountId"))
                        .when(
                                "ArnLike",
                                "aws:SourceArn",
                                Cfn.sub("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*")))),
                "Policies",
                List.of(Cfn.object("PolicyName", "start", "PolicyDocument", Statement.policy(startStatements()))),
                "Tags",
                Cfn.tags("container-start"));
    }

    static List<Statement> startStatements() {
        return List.of(
                Statement.allow("RegistryLogin", "ecr:GetAuthorizationToken").on("*"),
                Statement.allow(
                                "PullImages",
                                "ecr:BatchCheckLayerAvailability",
                                "ecr:GetDownloadUrlForLayer",
                                "ecr:BatchGetImage")
                        .on(Cfn.sub("arn:${AWS::Partition}:ecr:*:*:repository/*")),
                Statement.allow("WriteLogs", "logs:CreateLogStream", "logs:PutLogEvents")
                        .on(Cfn.arn("TaskLog"), Cfn.arn("JobLog")));
    }
}
