package io.crois.testkit.aws.internal.access;

import java.util.List;
import java.util.Optional;

/** Amazon CloudWatch Logs: groups, and streams within them. */
final class LogsAccess implements AccessRules {

    private final Site site;

    LogsAccess(Site site) {
        this.site = site;
    }

    @Override
    public List<Access> of(Call call) {
        Optional<String> group = call.find("LogGroupName");
        boolean ofGroup = call.operation().endsWith("LogGroup");
        String resource = group.map(
                        name -> "log-group:" + name + (ofGroup ? "" : ":log-stream:" + call.text("LogStreamName")))
                .map(path -> site.arn("logs", path))
                .orElse("*");
        return List.of(Access.of("logs:" + call.operation(), resource));
    }
}
