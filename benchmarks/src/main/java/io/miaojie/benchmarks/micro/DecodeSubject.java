package io.miaojie.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.digest.SipHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Shard;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import io.miaojie.benchmarks.rig.PaymentJson;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.Role;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

/** Step 1 of the walk alone: the JSON of a payment to the bytes of its command, digests included. */
public final class DecodeSubject implements Subject {
    private final JsonReader reader = new JsonReader();
    private final PaymentForm form = new PaymentForm(new PayerHash(new SipHash(1, 2)));
    private final CommandScratch scratch = new CommandScratch(new Shard(0, false, false, 1, 2));
    private final ApiKey key = new ApiKey(1, 0, Role.OPERATE, "key", "", false);
    private final PaymentJson json = new PaymentJson(false, "p-", "2026-11-01T00:00:00Z", payment -> payment);
    private final byte[] bytes = new byte[json.length()];

    @Override
    public Measured measure(final Setting setting) {
        final int payments = setting.scale().payments();
        decode(payments);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long allocated = threads.getCurrentThreadAllocatedBytes();
        final long startNs = System.nanoTime();
        decode(payments);
        final long elapsedNs = System.nanoTime() - startNs;
        final long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        return new Measured()
                .with(Measured.PER_S, payments * 1e9 / elapsedNs)
                .with("allocated_bytes", (double) allocatedBytes / payments);
    }

    private void decode(final int payments) {
        final ByteBuffer out = ByteBuffer.wrap(bytes);
        final byte[] noRandom = {};
        final PaymentCommandDecoder decoder = new PaymentCommandDecoder();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (int i = 0; i < payments; i++) {
            json.put(i, out.clear());
            reader.open(bytes, 0, bytes.length);
            form.read(reader, false);
            form.write(scratch, key, noRandom);
            decoder.wrapAndApplyHeader(scratch.buffer(), 0, header);
            if (decoder.amountMinor() != Draws.amountMinor(i)) {
                throw new IllegalStateException("wrong result: payment=" + i);
            }
        }
    }
}
