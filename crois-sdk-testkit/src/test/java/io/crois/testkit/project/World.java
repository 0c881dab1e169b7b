package io.crois.testkit.project;

import io.crois.execution.Pacing;
import io.crois.project.ProjectClients;
import io.crois.project.ProjectPlatform;
import io.crois.project.Provisioner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** An account in which projects are made, with time that passes only when somebody waits. */
final class World {
    static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
            + "{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    final ProjectClients clients;
    final ProjectPlatform platform;
    final Time time;

    World(ProjectClients clients, ProjectPlatform platform, Time time) {
        this.clients = clients;
        this.platform = platform;
        this.time = time;
    }

    /** Returns a platform of an account, whose roles {@link #install} makes. */
    static ProjectPlatform platform(String account) {
        String role = "arn:aws:iam::" + account + ":role/";
        return ProjectPlatform.builder()
                .region("us-east-1")
                .account(account)
                .executionRole(role + "crois-execution")
                .controlPlane(role + "crois-control-plane")
                .addKeyAdministrator(role + "crois-key-administrator")
                .addKeyAdministrator(role + "break-glass")
                .build();
    }

    /** Makes what the provisioner finds in an account: a bucket and some roles. */
    World install() {
        clients.s3().createBucket(request -> request.bucket(platform.settings().bucket()));
        for (String role : new String[] {
            "crois-execution", "crois-control-plane", "crois-key-administrator", "break-glass", "crafto"
        }) {
            clients.iam().createRole(request -> request.roleName(role).assumeRolePolicyDocument(TRUST));
        }
        return this;
    }

    String crafto() {
        return "arn:aws:iam::" + platform.account() + ":role/crafto";
    }

    Provisioner provisioner() {
        return provisioner(clients);
    }

    Provisioner provisioner(ProjectClients through) {
        return Provisioner.builder(through, platform)
                .clock(time)
                .pacing(time)
                .executor(Runnable::run)
                .build();
    }

    /** What is there, as text. */
    Map<String, Object> state() {
        return AccountState.of(clients, platform);
    }

    /** A clock that waiting moves. */
    static final class Time extends Clock implements Pacing {
        private Instant now = Instant.parse("2026-03-01T00:00:00Z");

        @Override
        public synchronized void pause(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Repetition repeat(Duration interval, Runnable work) {
            throw new UnsupportedOperationException("The provisioner repeats nothing.");
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
