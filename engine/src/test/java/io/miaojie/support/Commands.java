package io.miaojie.support;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.CampaignQueryEncoder;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandEncoder;
import io.miaojie.wire.codec.CreateKeyCommandEncoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.DirectoryQueryEncoder;
import io.miaojie.wire.codec.DirectoryType;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OpenShardCommandEncoder;
import io.miaojie.wire.codec.PoolQueryEncoder;
import io.miaojie.wire.codec.RevokeKeyCommandEncoder;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.TickCommandEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes every command and query for tests. Each call returns a buffer of exactly the message, header included. Digest
 * and fingerprint are made from (type, key, id) and from the bytes, so that the same words twice are a repeat and other
 * words under the same id a conflict.
 */
public final class Commands {
    /** Place of the node's own admin key. */
    public static final int NODE_KEY = 0;

    private static final EnvelopeEncoder ENVELOPE = new EnvelopeEncoder();
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();
    private static final int BODY = MessageHeaderEncoder.ENCODED_LENGTH;

    private Commands() {}

    public static UnsafeBuffer openShard(final int shard, final boolean isSandbox) {
        final UnsafeBuffer buffer = room();
        final OpenShardCommandEncoder command = new OpenShardCommandEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        command.shard((short) shard)
                .sandbox((short) (isSandbox ? 1 : 0))
                .clockFollowsEvents((short) 0)
                .digestKeyHigh(1)
                .digestKeyLow(2);
        return unbound(buffer, NODE_KEY, command.encodedLength());
    }

    public static UnsafeBuffer tick() {
        final UnsafeBuffer buffer = room();
        final TickCommandEncoder command = new TickCommandEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        return unbound(buffer, NODE_KEY, command.encodedLength());
    }

    public static UnsafeBuffer createMerchant(final String id, final int utcOffsetMinutes, final String currency) {
        final UnsafeBuffer buffer = room();
        final CreateMerchantCommandEncoder command =
                new CreateMerchantCommandEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        command.utcOffsetMinutes((short) utcOffsetMinutes).currency(currency(currency));
        put(command::putId, id);
        put(command::putName, "Merchant " + id);
        put(command::putActor, "");
        return bound(buffer, NODE_KEY, id, command.encodedLength());
    }

    /** Encodes a key made by another: {@code by} is its place, the node's own or an admin's of the merchant. */
    public static UnsafeBuffer createKey(
            final int by, final String id, final String merchantId, final Role role, final String storeId) {
        final UnsafeBuffer buffer = room();
        final CreateKeyCommandEncoder command = new CreateKeyCommandEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        command.role(role);
        for (int i = 0; i < CreateKeyCommandEncoder.secretHashLength(); i++) {
            command.secretHash(i, (short) ((id.hashCode() >>> i % 4 * Byte.SIZE) & 0xFF));
        }
        put(command::putId, id);
        put(command::putMerchantId, merchantId);
        put(command::putStoreId, storeId);
        put(command::putActor, "");
        return bound(buffer, by, merchantId + "/" + id, command.encodedLength());
    }

    public static UnsafeBuffer revokeKey(final int by, final String id, final String merchantId) {
        final UnsafeBuffer buffer = room();
        final RevokeKeyCommandEncoder command = new RevokeKeyCommandEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        put(command::putId, id);
        put(command::putMerchantId, merchantId);
        put(command::putActor, "");
        return bound(buffer, by, merchantId + "/" + id, command.encodedLength());
    }

    public static UnsafeBuffer changeState(
            final int key, final String requestId, final String campaignId, final CampaignState state) {
        final UnsafeBuffer buffer = room();
        final ChangeCampaignStateCommandEncoder command =
                new ChangeCampaignStateCommandEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        command.state(state);
        put(command::putRequestId, requestId);
        put(command::putId, campaignId);
        put(command::putActor, "");
        return bound(buffer, key, requestId, command.encodedLength());
    }

    /** Begins a campaign of kind {@code purchase-rebate} in CNY, version 1, without budgets and terms. */
    public static CampaignDraft campaign(final int key, final String id) {
        return new CampaignDraft(key, id);
    }

    /** Begins a full payment of 0 CNY of order {@code O-id}, without member and lines. */
    public static PaymentDraft payment(final int key, final String id) {
        return new PaymentDraft(key, id);
    }

    public static UnsafeBuffer poolQuery(final int key, final String memberId) {
        final UnsafeBuffer buffer = room();
        final PoolQueryEncoder query = new PoolQueryEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        put(query::putMemberId, memberId);
        return unbound(buffer, key, query.encodedLength());
    }

    public static UnsafeBuffer campaignQuery(final int key, final String id) {
        final UnsafeBuffer buffer = room();
        final CampaignQueryEncoder query = new CampaignQueryEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        put(query::putId, id);
        return unbound(buffer, key, query.encodedLength());
    }

    public static UnsafeBuffer directoryQuery(final int key, final DirectoryType type, final int index) {
        final UnsafeBuffer buffer = room();
        final DirectoryQueryEncoder query = new DirectoryQueryEncoder().wrapAndApplyHeader(buffer, 0, HEADER);
        query.type(type).index(index);
        return unbound(buffer, key, query.encodedLength());
    }

    /** Sends a command with another key, under an id of its own. */
    public static UnsafeBuffer withKey(final UnsafeBuffer message, final int key, final String id) {
        return bound(message, key, id, message.capacity() - BODY);
    }

    /** Sets the digest of a message to one that no other id has. */
    public static UnsafeBuffer withDigest(final UnsafeBuffer message, final long high, final long low) {
        ENVELOPE.wrap(message, BODY).digestHigh(high).digestLow(low);
        return message;
    }

    /** Returns the ISO 4217 number of a code. */
    public static int currency(final String code) {
        return Currencies.byCode(code).number();
    }

    static MessageHeaderEncoder header() {
        return HEADER;
    }

    static UnsafeBuffer room() {
        return new UnsafeBuffer(new byte[256 * 1024]);
    }

    /** Writes one data field of UTF-8 text. */
    static void put(final DataField field, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        field.put(bytes, 0, bytes.length);
    }

    /** One {@code put…} of an encoder. */
    @FunctionalInterface
    interface DataField {
        Object put(byte[] bytes, int offset, int length);
    }

    private static UnsafeBuffer unbound(final UnsafeBuffer buffer, final int key, final int bodyLength) {
        new EnvelopeEncoder().wrap(buffer, BODY).keyIndex(key);
        return new UnsafeBuffer(Arrays.copyOf(buffer.byteArray(), BODY + bodyLength));
    }

    /** Cuts the message to its length and binds it to its id. */
    static UnsafeBuffer bound(final UnsafeBuffer buffer, final int key, final String id, final int bodyLength) {
        final UnsafeBuffer message = unbound(buffer, key, bodyLength);
        ENVELOPE.wrap(message, BODY).digestHigh(0).digestLow(0).fingerprint(0);
        final UUID digest =
                uuid((key + "/" + message.getByte(Short.BYTES) + "/" + id).getBytes(StandardCharsets.UTF_8));
        ENVELOPE.digestHigh(digest.getMostSignificantBits())
                .digestLow(digest.getLeastSignificantBits())
                .fingerprint(uuid(message.byteArray()).getMostSignificantBits());
        return message;
    }

    private static UUID uuid(final byte[] bytes) {
        return UUID.nameUUIDFromBytes(bytes);
    }
}
