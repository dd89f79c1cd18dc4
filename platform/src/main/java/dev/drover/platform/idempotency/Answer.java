package dev.drover.platform.idempotency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a resource answered, in bytes.
 *
 * @param headers those the resource set
 * @param session of the caller it was given to; empty when there was none
 */
record Answer(int status, Map<String, List<String>> headers, byte[] body, String session) {

    /** Refusals that follow from the request alone; every other one depends on a state that may change, so a repeat is judged anew. */
    private static final Set<Integer> FINAL_REFUSALS = Set.of(400, 410, 413, 415, 422);

    private static final int FORM = 2;

    static boolean isRecorded(int status) {
        return status >= 200 && status < 400 || FINAL_REFUSALS.contains(status);
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 + body.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            out.writeShort(status);
            out.writeShort(headers.size());
            for (Map.Entry<String, List<String>> header : headers.entrySet()) {
                out.writeUTF(header.getKey());
                out.writeShort(header.getValue().size());
                for (String value : header.getValue()) {
                    out.writeUTF(value);
                }
            }
            out.writeInt(body.length);
            out.write(body);
            out.writeUTF(session);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Empty when it is of a form that this version does not know, as may be during a rolling update. */
    static Optional<Answer> fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                return Optional.empty();
            }
            int status = in.readUnsignedShort();
            Map<String, List<String>> headers = new LinkedHashMap<>();
            int names = in.readUnsignedShort();
            for (int i = 0; i < names; i++) {
                String name = in.readUTF();
                int values = in.readUnsignedShort();
                List<String> all = new ArrayList<>();
                for (int j = 0; j < values; j++) {
                    all.add(in.readUTF());
                }
                headers.put(name, all);
            }
            byte[] body = in.readNBytes(in.readInt());
            return Optional.of(new Answer(status, headers, body, in.readUTF()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Answer[" + status + " ***]";
    }
}
