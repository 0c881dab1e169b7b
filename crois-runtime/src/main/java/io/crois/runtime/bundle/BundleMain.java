package io.crois.runtime.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the agent's bundle from the class path of this program; {@code mvn package} runs it.
 *
 * <p>Where it cannot be made, because the machine is no Linux with glibc or has no JDK with {@code jlink}, it says so
 * in one line and ends with 0. What has not changed since the last time is not made again.
 */
public final class BundleMain {

    private BundleMain() {}

    /**
     * Makes {@code crois/}, {@code crois-agent.tar.gz} and {@code crois-agent-image.tar} in the folder that it is
     * given.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path output = Path.of(arguments[0]).toAbsolutePath();
        try {
            make(output);
        } catch (NotPossible e) {
            System.out.println("The agent's bundle is not made: " + e.getMessage());
        }
    }

    private static void make(Path output) throws IOException, InterruptedException {
        Processor processor = Processor.ofThisMachine();
        Jdk jdk = Jdk.find();
        Files.createDirectories(output);
        Bundle bundle = new Bundle(output.resolve("crois"), processor, jdk);
        Fingerprint fingerprint = new Fingerprint(output.resolve("fingerprint"), jdk, processor);
        if (fingerprint.isCurrent()) {
            return;
        }
        bundle.make();
        Path archive = output.resolve("crois-agent.tar.gz");
        Path image = output.resolve("crois-agent-image.tar");
        Archive.write(bundle.home(), archive);
        Image.write(bundle.home(), processor, image);
        fingerprint.keep();
        System.out.printf(
                "The agent's bundle is made with %s: %.1f MiB as %s, %.1f MiB as an image.%n",
                jdk.name(), mebibytes(archive), archive.getFileName(), mebibytes(image));
    }

    private static double mebibytes(Path file) throws IOException {
        return Files.size(file) / 1024.0 / 1024.0;
    }
}
