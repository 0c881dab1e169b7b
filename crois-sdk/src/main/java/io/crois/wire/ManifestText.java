package io.crois.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.crois.contract.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The JSON of a {@link Manifest}. */
public final class ManifestText {

    private ManifestText() {}

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if the text is not the JSON of one
     */
    public static Manifest read(byte[] text) {
        Members manifest = Members.of("a manifest", JsonText.parse(text));
        List<Manifest.Entry> entries = new ArrayList<>();
        for (Members each : manifest.objects("entries")) {
            entries.add(new Manifest.Entry(
                    each.text("path"), each.number("bytes"), each.text("sha256"), each.truth("executable")));
        }
        return new Manifest(entries, manifest.texts("folders"));
    }

    /** Returns a manifest's text, in UTF-8. */
    public static byte[] bytes(Manifest manifest) {
        return JsonText.bytes(json -> write(json, manifest));
    }

    private static void write(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("entries");
        for (Manifest.Entry entry : manifest.entries()) {
            json.writeStartObject();
            json.writeNumberField("bytes", entry.bytes());
            json.writeBooleanField("executable", entry.executable());
            json.writeStringField("path", entry.path());
            json.writeStringField("sha256", entry.sha256());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("folders");
        for (String folder : manifest.folders()) {
            json.writeString(folder);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
