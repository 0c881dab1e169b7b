package io.crois.render;

import io.crois.workflow.CroisException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads the style sheets that lie beside this class. */
final class Stylesheet {
    private Stylesheet() {}

    static String read(String name) {
        try (InputStream content = Stylesheet.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException("There is no such resource.");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CroisException(
                    "Style sheet `" + name + "` cannot be read. This is a bug in Crois, please report it.", e);
        }
    }
}
