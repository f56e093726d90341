package io.miaojie.api.message;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.digest.SipHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Shard;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where one event loop builds its commands, one at a time, from offset 0 on. The whole message stands here before
 * anything is claimed in the ring. Thread: one.
 */
public final class CommandScratch {
    // Greater than any command that a body of 1 MiB can make: the gate refuses what is too long.
    private static final int LENGTH = 2 * 1024 * 1024;

    final MessageHeaderEncoder header = new MessageHeaderEncoder();
    final Fingerprint fingerprint;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
    private final UnsafeBuffer identity = new UnsafeBuffer(new byte[256]);
    private final SipHash digest;
    private int length;

    public CommandScratch(final Shard shard) {
        digest = new SipHash(shard.digestKeyLow(), shard.digestKeyHigh());
        fingerprint = new Fingerprint(new SipHash(shard.digestKeyLow(), shard.digestKeyHigh()));
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Returns the bytes of the message that was built last. */
    public int length() {
        return length;
    }

    /** Returns where the fingerprint of a message is made. */
    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Begins a message of this template; its body follows. */
    public void begin(final int templateId, final int blockLength) {
        header.wrap(buffer, 0)
                .blockLength(blockLength)
                .templateId((short) templateId)
                .schemaId(MessageHeaderEncoder.SCHEMA_ID)
                .version(MessageHeaderEncoder.SCHEMA_VERSION);
    }

    /** Ends a message whose body has this length. */
    public void end(final int bodyLength) {
        length = MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
    }

    /** Seals a message that binds no id: a query. */
    void seal(final EnvelopeEncoder envelope, final ApiKey key) {
        envelope.keyIndex(key.index()).digestHigh(0).digestLow(0).fingerprint(0).atNs(0);
    }

    /** Seals a message that binds an id of this source (absent: the api's own). */
    public void seal(final EnvelopeEncoder envelope, final ApiKey key, final long fields, final long atNs) {
        envelope.keyIndex(key.index())
                .digestHigh(digest.high())
                .digestLow(digest.low())
                .fingerprint(fields)
                .atNs(atNs);
    }

    /** Names the id that the next seal binds. */
    public CommandScratch identify(
            final int merchantIndex, final IdSpace space, final byte[] text, final long source, final long id) {
        identity.putInt(0, merchantIndex);
        identity.putByte(4, space.number());
        identity.putByte(5, (byte) Slice.length(source));
        identity.putBytes(6, text, Slice.offset(source), Slice.length(source));
        final int at = 6 + Slice.length(source);
        identity.putBytes(at, text, Slice.offset(id), Slice.length(id));
        digest.hash(identity, 0, at + Slice.length(id));
        return this;
    }
}
