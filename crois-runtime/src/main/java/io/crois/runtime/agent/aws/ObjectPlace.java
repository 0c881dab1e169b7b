package io.crois.runtime.agent.aws;

/** Where an object lies. */
public record ObjectPlace(String bucket, String key) {

    /** Returns it as messages name it. */
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
