package io.crois.platform;

/**
 * One change that deploying would make.
 *
 * @param action what would happen: {@code Add}, {@code Modify}, {@code Remove}
 * @param resource the resource's logical id in the template
 * @param type its type, {@code AWS::Lambda::Function}
 * @param replaced whether it would be made anew, under another physical id
 */
public record PlatformChange(String action, String resource, String type, boolean replaced) {
    @Override
    public String toString() {
        return action + " " + resource + " (" + type + ")" + (replaced ? ", made anew" : "");
    }
}
