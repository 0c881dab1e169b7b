package io.crois.testkit.policy.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Ranges of IP addresses, {@code 203.0.113.0/24} or {@code 2001:db8::/32}; without a length it is one address. */
final class AddressRange {

    private AddressRange() {}

    static boolean contains(String range, String address) {
        int slash = range.indexOf('/');
        Optional<byte[]> net = bytes(slash < 0 ? range : range.substring(0, slash));
        Optional<byte[]> found = bytes(address);
        if (net.isEmpty() || found.isEmpty() || net.get().length != found.get().length) {
            return false;
        }
        int bits = net.get().length * Byte.SIZE;
        int length = slash < 0 ? bits : length(range.substring(slash + 1));
        return length >= 0 && length <= bits && samePrefix(net.get(), found.get(), length);
    }

    private static boolean samePrefix(byte[] left, byte[] right, int length) {
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((left[bit / Byte.SIZE] & mask) != (right[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static int length(String text) {
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
    }

    /** Only what is an address already is given to the parser: it would ask a name server for anything else. */
    private static Optional<byte[]> bytes(String text) {
        boolean numeric = text.matches("\\d{1,3}(\\.\\d{1,3}){3}") || text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        try {
            return numeric ? Optional.of(InetAddress.getByName(text).getAddress()) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
