package io.crois.testkit.aws.internal.access;

import java.util.Map;

/** The managed policies of AWS that roles of workflows have; a policy that is not here is refused by its name. */
final class AwsManagedPolicies {

    private static final String LOGS = "logs:CreateLogStream,logs:PutLogEvents";
    private static final String IMAGES = "ecr:GetAuthorizationToken,ecr:BatchCheckLayerAvailability,"
            + "ecr:GetDownloadUrlForLayer,ecr:BatchGetImage";

    private static final Map<String, String> STATEMENTS = Map.ofEntries(
            Map.entry("AdministratorAccess", allow("*")),
            Map.entry("ReadOnlyAccess", allow("*:Get*,*:List*,*:Describe*,*:BatchGet*,*:Query,*:Scan,*:Head*")),
            Map.entry(
                    "PowerUserAccess",
                    "{'Effect':'Allow','NotAction':['iam:*','organizations:*','account:*'],'Resource':'*'}"),
            Map.entry("AWSLambdaBasicExecutionRole", allow("logs:CreateLogGroup," + LOGS)),
            Map.entry("AmazonECSTaskExecutionRolePolicy", allow(IMAGES + "," + LOGS)),
            Map.entry("AmazonS3ReadOnlyAccess", allow("s3:Get*,s3:List*,s3:Describe*")),
            Map.entry("AmazonS3FullAccess", allow("s3:*,s3-object-lambda:*")),
            Map.entry("AmazonDynamoDBFullAccess", allow("dynamodb:*,dax:*")),
            Map.entry(
                    "SecretsManagerReadWrite", allow("secretsmanager:*,kms:DescribeKey,kms:ListAliases,kms:ListKeys")),
            Map.entry("AmazonEC2ContainerServiceforEC2Role", machines()),
            Map.entry("AWSBatchServiceRole", batch()));

    private AwsManagedPolicies() {}

    private static String allow(String actions) {
        return allow(actions, "*", "");
    }

    private static String allow(String actions, String resource, String condition) {
        return "{'Effect':'Allow','Action':['" + actions.replace(",", "','") + "'],'Resource':['"
                + resource.replace(",", "','") + "']" + condition + "}";
    }

    private static String machines() {
        return allow("ec2:DescribeTags,ecs:CreateCluster,ecs:DeregisterContainerInstance,"
                        + "ecs:DiscoverPollEndpoint,ecs:Poll,ecs:RegisterContainerInstance,"
                        + "ecs:StartTelemetrySession,ecs:UpdateContainerInstancesState,ecs:Submit*," + IMAGES + ","
                        + LOGS)
                + ","
                + allow(
                        "ecs:TagResource",
                        "*",
                        ",'Condition':{'StringEquals':{'ecs:CreateAction':['CreateCluster','RegisterContainerInstance']}}")
                + ","
                + allow(
                        "ecs:ListTagsForResource",
                        "arn:aws:ecs:*:*:task/*/*,arn:aws:ecs:*:*:container-instance/*/*",
                        "");
    }

    private static String batch() {
        return allow("ec2:DescribeAccountAttributes,ec2:DescribeInstances,ec2:DescribeInstanceStatus,"
                        + "ec2:DescribeInstanceAttribute,ec2:DescribeSubnets,ec2:DescribeSecurityGroups,"
                        + "ec2:DescribeKeyPairs,ec2:DescribeImages,ec2:DescribeImageAttribute,"
                        + "ec2:DescribeSpotInstanceRequests,ec2:DescribeSpotFleetInstances,"
                        + "ec2:DescribeSpotFleetRequests,ec2:DescribeSpotPriceHistory,"
                        + "ec2:DescribeSpotFleetRequestHistory,ec2:DescribeVpcClassicLink,"
                        + "ec2:DescribeLaunchTemplateVersions,ec2:CreateLaunchTemplate,ec2:DeleteLaunchTemplate,"
                        + "ec2:RequestSpotFleet,ec2:CancelSpotFleetRequests,ec2:ModifySpotFleetRequest,"
                        + "ec2:TerminateInstances,ec2:RunInstances,autoscaling:DescribeAccountLimits,"
                        + "autoscaling:DescribeAutoScalingGroups,autoscaling:DescribeLaunchConfigurations,"
                        + "autoscaling:DescribeAutoScalingInstances,autoscaling:DescribeScalingActivities,"
                        + "autoscaling:CreateLaunchConfiguration,autoscaling:CreateAutoScalingGroup,"
                        + "autoscaling:UpdateAutoScalingGroup,autoscaling:SetDesiredCapacity,"
                        + "autoscaling:DeleteLaunchConfiguration,autoscaling:DeleteAutoScalingGroup,"
                        + "autoscaling:CreateOrUpdateTags,autoscaling:SuspendProcesses,"
                        + "autoscaling:PutNotificationConfiguration,"
                        + "autoscaling:TerminateInstanceInAutoScalingGroup,ecs:DescribeClusters,"
                        + "ecs:DescribeContainerInstances,ecs:DescribeTaskDefinition,ecs:DescribeTasks,"
                        + "ecs:ListAccountSettings,ecs:ListClusters,ecs:ListContainerInstances,"
                        + "ecs:ListTaskDefinitionFamilies,ecs:ListTaskDefinitions,ecs:ListTasks,ecs:CreateCluster,"
                        + "ecs:DeleteCluster,ecs:RegisterTaskDefinition,ecs:DeregisterTaskDefinition,ecs:RunTask,"
                        + "ecs:StartTask,ecs:StopTask,ecs:UpdateContainerAgent,ecs:DeregisterContainerInstance,"
                        + "logs:CreateLogGroup,logs:CreateLogStream,logs:PutLogEvents,logs:DescribeLogGroups,"
                        + "iam:GetInstanceProfile,iam:GetRole")
                + ","
                + allow("ecs:TagResource", "arn:aws:ecs:*:*:task/*_Batch_*", "") + ","
                + allow(
                        "iam:PassRole",
                        "*",
                        ",'Condition':{'StringEquals':{'iam:PassedToService':['ec2.amazonaws.com',"
                                + "'ec2.amazonaws.com.cn','ecs-tasks.amazonaws.com']}}")
                + ","
                + allow(
                        "iam:CreateServiceLinkedRole",
                        "*",
                        ",'Condition':{'StringEquals':{'iam:AWSServiceName':['spot.amazonaws.com',"
                                + "'spotfleet.amazonaws.com','autoscaling.amazonaws.com','ecs.amazonaws.com']}}")
                + ","
                + allow("ec2:CreateTags", "*", ",'Condition':{'StringEquals':{'ec2:CreateAction':'RunInstances'}}");
    }

    static String document(String arn) {
        String statement = STATEMENTS.get(arn.substring(arn.lastIndexOf('/') + 1));
        if (statement == null) {
            throw new UnsupportedOperationException("The managed policy `" + arn
                    + "` of AWS is not in memory. Put its document into a policy of the account.");
        }
        return ("{'Version':'2012-10-17','Statement':[" + statement + "]}").replace('\'', '"');
    }
}
