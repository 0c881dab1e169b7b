package io.crois.contract;

import org.jspecify.annotations.Nullable;

/**
 * A secret that a step reads. Exactly one of {@code variable} and {@code file} is there.
 *
 * @param variable the environment variable that holds it
 * @param file the name of the file, readable by its owner only, that holds it; its path is in {@code CROIS_SECRETS}
 * @param secret the secret's name within the project
 */
public record SecretUse(@Nullable String variable, @Nullable String file, String secret) {

    /** Returns the secret's name in AWS Secrets Manager: {@code crois/<project>/<secret>}. */
    public String secretId(String project) {
        return "crois/" + project + "/" + secret;
    }
}
