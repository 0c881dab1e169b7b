package io.crois.runtime.agent.aws;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A document of Amazon S3: its root's name, and the texts right below.
 *
 * @param root empty where there is none
 */
record S3Document(String root, Map<String, String> texts) {

    /**
     * Reads a document.
     *
     * @throws ServiceFailure if it is none
     */
    static S3Document read(String operation, byte[] bytes) {
        try {
            return parse(bytes);
        } catch (XMLStreamException e) {
            throw ServiceFailure.wrong(operation, "it is no XML.");
        }
    }

    /** Reads what comes with an error; it may be nothing, or a page of a machine on the way. */
    static S3Document ofError(byte[] bytes) {
        try {
            return bytes.length == 0 ? new S3Document("", Map.of()) : parse(bytes);
        } catch (XMLStreamException e) {
            return new S3Document("", Map.of());
        }
    }

    private static S3Document parse(byte[] bytes) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
        reader.nextTag();
        String root = reader.getLocalName();
        Map<String, String> texts = new HashMap<>();
        int depth = 1;
        StringBuilder text = new StringBuilder();
        while (depth > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                text.setLength(0);
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (depth == 2) {
                    texts.put(reader.getLocalName(), text.toString().strip());
                }
                depth--;
            }
        }
        return new S3Document(root, texts);
    }

    boolean isError() {
        return root.equals("Error");
    }

    /** Returns a text; empty where there is none. */
    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    String required(String operation, String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw ServiceFailure.wrong(operation, "it has no `" + name + "`.");
        }
        return text;
    }

    /** Returns the document that completes an upload. */
    static byte[] completion(List<UploadedPart> parts) {
        StringBuilder xml = new StringBuilder("<CompleteMultipartUpload>");
        for (UploadedPart part : parts) {
            xml.append("<Part><ETag>").append(escaped(part.etag())).append("</ETag><ChecksumCRC32C>");
            xml.append(part.crc32c()).append("</ChecksumCRC32C><PartNumber>");
            xml.append(part.number()).append("</PartNumber></Part>");
        }
        return xml.append("</CompleteMultipartUpload>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
