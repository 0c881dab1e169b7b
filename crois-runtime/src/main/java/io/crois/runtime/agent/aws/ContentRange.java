package io.crois.runtime.agent.aws;

/** Reads the header {@code Content-Range: bytes <first>-<last>/<total>}. */
final class ContentRange {

    private ContentRange() {}

    /**
     * Returns the size of the whole object.
     *
     * @throws ServiceFailure if the range does not begin where it was asked to
     */
    static long total(String header, long from) {
        int space = header.indexOf(' ');
        int dash = header.indexOf('-', space + 1);
        int slash = header.indexOf('/', dash + 1);
        try {
            if (Long.parseLong(header.substring(space + 1, dash)) == from) {
                return Long.parseLong(header.substring(slash + 1));
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw ServiceFailure.wrong("GetObject", "`Content-Range` is no range of bytes.");
        }
        throw ServiceFailure.wrong("GetObject", "the bytes do not begin at " + from + " as was asked for.");
    }
}
