package io.miaojie.benchmarks.micro;

import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.digest.SipHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Shard;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.rig.PaymentJson;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.Role;
import java.nio.ByteBuffer;

/** Step 1 of the walk without its event loop: JSON of payments to the bytes of their commands. Thread: one. */
final class Decoding {
    private final JsonReader reader = new JsonReader();
    private final PaymentForm form = new PaymentForm(new PayerHash(new SipHash(1, 2)));
    private final CommandScratch scratch = new CommandScratch(new Shard(0, false, false, 1, 2));
    private final ApiKey key = new ApiKey(1, 0, Role.OPERATE, "key", "", false);
    private final PaymentJson json = new PaymentJson(false, "p-", "2026-11-01T00:00:00Z", payment -> payment);
    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final byte[] noRandom = {};
    private final byte[] bytes = new byte[json.length()];
    private final ByteBuffer out = ByteBuffer.wrap(bytes);

    /** Decodes a payment, holds its amount against the plan, and returns it. */
    long decode(final int payment) {
        json.put(payment, out.clear());
        reader.open(bytes, 0, bytes.length);
        form.read(reader, false);
        form.write(scratch, key, noRandom);
        final long amountMinor =
                command.wrapAndApplyHeader(scratch.buffer(), 0, header).amountMinor();
        if (amountMinor != Draws.amountMinor(payment)) {
            throw new IllegalStateException("wrong result: payment=" + payment + " amountMinor=" + amountMinor);
        }
        return amountMinor;
    }
}
