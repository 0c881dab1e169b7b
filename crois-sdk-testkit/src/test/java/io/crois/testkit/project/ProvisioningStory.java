package io.crois.testkit.project;

import io.crois.contract.ProjectNames;
import io.crois.execution.ProjectSettings;
import io.crois.project.PlannedChange;
import io.crois.project.ProjectDefinition;
import io.crois.project.ProjectPlatform;
import io.crois.project.ProvisioningPolicies;
import io.crois.project.Removal;
import io.crois.project.Secrets;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/**
 * Everything that one of the provisioner's policies is for: what an account is like before, and what is done there by
 * whoever has that policy and no other.
 */
enum ProvisioningStory {
    /** The account is prepared, found changed and put right. */
    ACCOUNT {
        @Override
        IamPolicy policy(ProvisioningPolicies policies) {
            return policies.account();
        }

        @Override
        void prepare(World owner) {}

        @Override
        void play(World owner, World actor) {
            actor.provisioner().planAccount();
            actor.provisioner().applyAccount();
            owner.clients
                    .iam()
                    .createPolicyVersion(create -> create.policyArn(policyArn(owner, "project-boundary"))
                            .policyDocument(EVERYTHING)
                            .setAsDefault(true));
            owner.clients
                    .s3()
                    .deleteBucketPolicy(
                            delete -> delete.bucket(owner.platform.settings().bucket()));
            actor.provisioner().applyAccount();
        }
    },
    /**
     * A project is made, changed, found changed by somebody else, put right, looked at and closed to its application.
     */
    PROJECTS {
        @Override
        IamPolicy policy(ProvisioningPolicies policies) {
            return policies.projects();
        }

        @Override
        void prepare(World owner) {
            owner.provisioner().applyAccount();
            foreignRole(owner, "old.task");
        }

        @Override
        void play(World owner, World actor) {
            actor.provisioner().plan(demo(owner, "Demo"));
            actor.provisioner().apply(demo(owner, "Demo"));
            actor.provisioner().apply(demo(owner, "Another title"));
            meddle(owner);
            actor.provisioner().apply(demo(owner, "Another title"));
            List<String> findings =
                    actor.provisioner().verify(demo(owner, "Another title")).findings();
            if (!findings.isEmpty()) {
                throw new AssertionError(findings.toString());
            }
            actor.provisioner().rotateKey("demo");
            actor.provisioner().apply(ProjectDefinition.named("demo").build());
            actor.provisioner()
                    .apply(ProjectDefinition.named("old").adopting(true).build());
        }
    },
    /** A project is removed with everything that running it left. */
    REMOVAL {
        @Override
        IamPolicy policy(ProvisioningPolicies policies) {
            return policies.removal();
        }

        @Override
        void prepare(World owner) {
            owner.provisioner().applyAccount();
            owner.provisioner().apply(demo(owner, "Demo"));
            owner.deploy("demo");
            owner.schedule("demo");
            meddle(owner);
            leave(owner);
        }

        @Override
        void play(World owner, World actor) {
            Removal removal = Removal.of("demo")
                    .confirmedBy("demo")
                    .deletingObjects()
                    .deletingRecords()
                    .stoppingExecutions();
            actor.provisioner().planRemoval(Removal.of("demo"));
            actor.provisioner().planRemoval(removal);
            actor.provisioner().destroy(removal);
            List<PlannedChange> left = owner.provisioner().planRemoval(removal).changes();
            if (!left.isEmpty()) {
                throw new AssertionError("left behind: " + left);
            }
        }
    },
    /** Secrets are written, replaced, listed, deleted and taken back. */
    SECRETS {
        @Override
        String actor() {
            return "crois-control-plane";
        }

        @Override
        IamPolicy policy(ProvisioningPolicies policies) {
            return policies.secrets();
        }

        @Override
        void prepare(World owner) {
            owner.provisioner().applyAccount();
            owner.provisioner().apply(demo(owner, "Demo"));
        }

        @Override
        void play(World owner, World actor) {
            ProjectSettings demo =
                    owner.provisioner().apply(demo(owner, "Demo")).settings();
            Secrets secrets = Secrets.create(actor.clients.secretsManager(), demo, actor.time, actor.time);
            secrets.put("password", "first".toCharArray());
            secrets.put("password", "second".toCharArray());
            secrets.list();
            secrets.delete("password", 7);
            secrets.put("password", "third".toCharArray());
        }
    };

    private static final String EVERYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    private static final String WAITING =
            "{\"StartAt\":\"Wait\",\"States\":{\"Wait\":{\"Type\":\"Wait\",\"Seconds\":" + "9000,\"End\":true}}}";

    abstract IamPolicy policy(ProvisioningPolicies policies);

    /** Returns the role that has the policy. */
    String actor() {
        return "crois-key-administrator";
    }

    /** Makes what is there before, as the owner of the account. */
    abstract void prepare(World owner);

    /** Does everything; what the owner does between is what happens to accounts. */
    abstract void play(World owner, World actor);

    private static String policyArn(World owner, String name) {
        return "arn:aws:iam::" + owner.platform.account() + ":policy/crois/" + name;
    }

    private static ProjectDefinition demo(World world, String title) {
        return ProjectDefinition.named("demo")
                .title(title)
                .tag("cost-centre", title)
                .addApplication(world.crafto())
                .build();
    }

    private static void foreignRole(World owner, String name) {
        owner.clients
                .iam()
                .createRole(
                        create -> create.roleName(name).path(ProjectNames.PATH).assumeRolePolicyDocument(World.TRUST));
    }

    /** Somebody gives the project's role and its application more than they may have. */
    private static void meddle(World owner) {
        var iam = owner.clients.iam();
        iam.putRolePolicy(put -> put.roleName("demo.task").policyName("more").policyDocument(EVERYTHING));
        String more = iam.createPolicy(create -> create.policyName("more").policyDocument(EVERYTHING))
                .policy()
                .arn();
        iam.attachRolePolicy(attach -> attach.roleName("demo.task").policyArn(more));
        iam.createPolicyVersion(create -> create.policyArn(policyArn(owner, "demo.application"))
                .policyDocument(EVERYTHING)
                .setAsDefault(true));
        iam.putRolePolicy(put -> put.roleName("demo.flow").policyName("crois").policyDocument(EVERYTHING));
    }

    private static void leave(World owner) {
        ProjectNames names = new ProjectNames("demo");
        ProjectPlatform platform = owner.platform;
        for (String key : List.of(names.objects() + "run-1/model", names.controlObjects() + "run-1/large")) {
            owner.clients
                    .s3()
                    .putObject(
                            put -> put.bucket(platform.settings().bucket()).key(key), RequestBody.fromString("left"));
        }
        owner.clients
                .secretsManager()
                .createSecret(create -> create.name(names.secrets() + "db").secretString("hidden"));
        String machine = owner.clients
                .sfn()
                .createStateMachine(create -> create.name("crois-demo-waiting")
                        .type(StateMachineType.STANDARD)
                        .roleArn("arn:aws:iam::" + platform.account() + ":role/crois/demo.flow")
                        .definition(WAITING))
                .stateMachineArn();
        owner.clients.sfn().startExecution(start -> start.stateMachineArn(machine));
        String rule = names.rule("crois-", "new-data");
        owner.clients.eventBridge().putRule(put -> put.name(rule).eventPattern("{\"source\": [\"x\"]}"));
        owner.clients
                .eventBridge()
                .putTargets(put -> put.rule(rule)
                        .targets(target -> target.id("start")
                                .arn("arn:aws:lambda:us-east-1:" + platform.account() + ":function:crois-start")));
    }
}
