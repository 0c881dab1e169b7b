package io.crois.platform.internal;

import java.util.List;
import java.util.Map;

/** The machines of AWS Batch: on demand and Spot, none while there is no work, each with the agent on its disk. */
public final class BatchSection {
    private static final int GIB_OF_DISK = 200;

    /**
     * Cloud-init's multipart form, the only one that Batch takes. The bundle is fetched once a machine, before the
     * first job; a machine without it must not take jobs, so that its start fails.
     */
    private static final String USER_DATA = """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="==CROIS=="

            --==CROIS==
            Content-Type: text/x-shellscript; charset="us-ascii"

            #!/bin/bash
            set -euo pipefail
            trap 'systemctl disable --now ecs || true; shutdown -h now' ERR
            yum install -y awscli tar gzip
            mkdir -p /crois
            aws s3 cp --region ${AWS::Region} s3://${CodeBucket}/${AgentBundleKey} /crois/bundle.tar.gz
            tar -xzf /crois/bundle.tar.gz -C /crois
            rm /crois/bundle.tar.gz
            chmod -R a+rX /crois

            --==CROIS==--
            """;

    private BatchSection() {}

    /** Adds the role and profile of the machines, the launch template, the compute environments and the queues. */
    public static void addTo(Template template) {
        template.parameter(
                "InstanceTypes",
                Cfn.object(
                        "Type",
                        "String",
                        "Default",
                        "optimal",
                        "Description",
                        "Families or types of machines Batch may start, such as optimal,x1,g5."));
        template.resource(
                "JobLog",
                "AWS::Logs::LogGroup",
                Cfn.object("LogGroupName", Cfn.sub("/${Prefix}/jobs"), "RetentionInDays", Cfn.ref("LogRetentionDays")));
        template.resource("BatchRole", "AWS::IAM::Role", batchRole());
        template.resource("MachineRole", "AWS::IAM::Role", machineRole());
        template.resource(
                "MachineProfile",
                "AWS::IAM::InstanceProfile",
                Cfn.object("Path", "/crois/", "Roles", List.of(Cfn.ref("MachineRole"))));
        template.resource("Machine", "AWS::EC2::LaunchTemplate", Cfn.object("LaunchTemplateData", machine()));
        environment(template, "OnDemand", "on-demand", "EC2", "BEST_FIT_PROGRESSIVE", "MaxOnDemandVcpus");
        environment(template, "Spot", "spot", "SPOT", "SPOT_PRICE_CAPACITY_OPTIMIZED", "MaxSpotVcpus");
    }

    /** A role of the stack's own, so that nothing depends on what the account made before. */
    private static Map<String, Object> batchRole() {
        return Cfn.object(
                "RoleName",
                Cfn.sub("${Prefix}-batch"),
                "Path",
                "/crois/",
                "AssumeRolePolicyDocument",
                Statement.policy(List.of(Statement.allow("Batch", "sts:AssumeRole")
                        .principal(Cfn.object("Service", "batch.amazonaws.com"))
                        .when("StringEquals", "aws:SourceAccount", Cfn.ref("AWS::AccountId")))),
                "ManagedPolicyArns",
                List.of(Cfn.sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBatchServiceRole")),
                "Tags",
                Cfn.tags("batch"));
    }

    /** The machine may join its cluster, pull images, write logs and fetch the agent: nothing of any project. */
    private static Map<String, Object> machineRole() {
        return Cfn.object(
                "RoleName",
                Cfn.sub("${Prefix}-machine"),
                "Path",
                "/crois/",
                "AssumeRolePolicyDocument",
                Statement.policy(List.of(Statement.allow("Machines", "sts:AssumeRole")
                        .principal(Cfn.object("Service", "ec2.amazonaws.com")))),
                "ManagedPolicyArns",
                List.of(Cfn.sub(
                        "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role")),
                "Policies",
                List.of(Cfn.object(
                        "PolicyName",
                        "agent",
                        "PolicyDocument",
                        Statement.policy(List.of(Statement.allow("AgentBundle", "s3:GetObject")
                                .on(Cfn.sub("arn:${AWS::Partition}:s3:::${CodeBucket}/${AgentBundleKey}")))))),
                "Tags",
                Cfn.tags("machine"));
    }

    /** Containers must not reach the machine's own role: one hop is the host itself. */
    private static Map<String, Object> machine() {
        return Cfn.object(
                "UserData",
                Cfn.object("Fn::Base64", Cfn.sub(USER_DATA)),
                "MetadataOptions",
                Cfn.object("HttpTokens", "required", "HttpPutResponseHopLimit", 1),
                "BlockDeviceMappings",
                List.of(Cfn.object(
                        "DeviceName",
                        "/dev/xvda",
                        "Ebs",
                        Cfn.object(
                                "VolumeSize",
                                GIB_OF_DISK,
                                "VolumeType",
                                "gp3",
                                "Encrypted",
                                true,
                                "DeleteOnTermination",
                                true))));
    }

    private static void environment(
            Template template, String id, String name, String type, String strategy, String mostVcpus) {
        template.resource(
                id + "Machines",
                "AWS::Batch::ComputeEnvironment",
                Cfn.object(
                        "Type",
                        "MANAGED",
                        "State",
                        "ENABLED",
                        "ServiceRole",
                        Cfn.arn("BatchRole"),
                        "ComputeResources",
                        Cfn.object(
                                "Type", type,
                                "AllocationStrategy", strategy,
                                "MinvCpus", 0,
                                "MaxvCpus", Cfn.ref(mostVcpus),
                                "InstanceTypes", Cfn.split("InstanceTypes"),
                                "InstanceRole", Cfn.arn("MachineProfile"),
                                "Subnets", Cfn.split("Subnets"),
                                "SecurityGroupIds", Cfn.split("SecurityGroups"),
                                "LaunchTemplate",
                                        Cfn.object(
                                                "LaunchTemplateId", Cfn.ref("Machine"),
                                                "Version", Cfn.attribute("Machine", "LatestVersionNumber")),
                                "Tags", Cfn.object("crois:platform", Cfn.ref("Prefix"))),
                        "Tags",
                        Cfn.object("crois:platform", Cfn.ref("Prefix"))));
        template.resource(
                id + "Queue",
                "AWS::Batch::JobQueue",
                Cfn.object(
                        "JobQueueName",
                        Cfn.sub("${Prefix}-" + name),
                        "Priority",
                        1,
                        "State",
                        "ENABLED",
                        "ComputeEnvironmentOrder",
                        List.of(Cfn.object("Order", 1, "ComputeEnvironment", Cfn.ref(id + "Machines"))),
                        "Tags",
                        Cfn.object("crois:platform", Cfn.ref("Prefix"))));
    }
}
