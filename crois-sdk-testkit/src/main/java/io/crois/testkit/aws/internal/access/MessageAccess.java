package io.crois.testkit.aws.internal.access;

import io.crois.testkit.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Amazon SQS and Amazon SNS: queues and topics, which may have policies of their own. */
final class MessageAccess {
    private static final String POLICY = "Policy";

    private final SqsClient sqs;
    private final SnsClient sns;
    private final Site site;
    private final Policies policies;

    MessageAccess(SqsClient sqs, SnsClient sns, Site site, Policies policies) {
        this.sqs = sqs;
        this.sns = sns;
        this.site = site;
        this.policies = policies;
    }

    Map<String, AccessRules> rules() {
        return Map.of("sqs", this::queue, "sns", this::topic);
    }

    /** Returns what it takes to send something to a queue, a topic or anything else, named by its ARN. */
    Access to(String service, String action, String arn) {
        Access access = Access.of(action, arn);
        return switch (service) {
            case "sqs" -> access.policy(policyOfQueue(urlOf(arn)));
            case "sns" -> access.policy(policyOfTopic(arn));
            default -> access;
        };
    }

    private String urlOf(String queueArn) {
        try {
            String name = queueArn.substring(queueArn.lastIndexOf(':') + 1);
            return sqs.getQueueUrl(get -> get.queueName(name)).queueUrl();
        } catch (SqsException missing) {
            return "";
        }
    }

    /** A batch needs the permission of its single operation. */
    private static String action(String service, Call call) {
        return service + ":" + call.operation().replaceAll("Batch$", "");
    }

    private List<Access> queue(Call call) {
        Optional<String> url = call.find("QueueUrl");
        Optional<String> name =
                url.map(found -> found.substring(found.lastIndexOf('/') + 1)).or(() -> call.find("QueueName"));
        return List.of(Access.of(
                        action("sqs", call),
                        name.map(found -> site.arn("sqs", found)).orElse("*"))
                .policy(url.flatMap(this::policyOfQueue)));
    }

    private Optional<PolicyDocument> policyOfQueue(String url) {
        try {
            return Optional.ofNullable(
                            sqs.getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                                    .attributes()
                                    .get(QueueAttributeName.POLICY))
                    .map(json -> policies.parse(url, json));
        } catch (SqsException missing) {
            return Optional.empty();
        }
    }

    private List<Access> topic(Call call) {
        Optional<String> arn = call.find("TopicArn")
                .or(() -> call.find("TargetArn"))
                .or(() -> call.find("SubscriptionArn").map(found -> found.substring(0, found.lastIndexOf(':'))));
        String resource = arn.or(() -> call.find("Name").map(name -> site.arn("sns", name)))
                .orElse("*");
        return List.of(Access.of(action("sns", call), resource)
                .with("sns:Protocol", call.find("Protocol"))
                .with("sns:Endpoint", call.find("Endpoint"))
                .policy(arn.flatMap(this::policyOfTopic)));
    }

    private Optional<PolicyDocument> policyOfTopic(String arn) {
        try {
            return Optional.ofNullable(sns.getTopicAttributes(get -> get.topicArn(arn))
                            .attributes()
                            .get(POLICY))
                    .map(json -> policies.parse(arn, json));
        } catch (SnsException missing) {
            return Optional.empty();
        }
    }
}
