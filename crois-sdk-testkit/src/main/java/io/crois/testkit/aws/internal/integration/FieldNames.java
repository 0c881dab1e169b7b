package io.crois.testkit.aws.internal.integration;

import software.amazon.awssdk.core.SdkField;

/** The names that Step Functions gives to the members of a service's shapes. */
final class FieldNames {

    private FieldNames() {}

    /** Returns the member's name with a capital at its beginning: {@code taskArn} becomes {@code TaskArn}. */
    static String of(SdkField<?> field) {
        String member = field.memberName();
        if (member.equals("NUL")) {
            return "NULL"; // DynamoDB's null, which cannot be a Java identifier
        }
        return Character.toUpperCase(member.charAt(0)) + member.substring(1);
    }
}
